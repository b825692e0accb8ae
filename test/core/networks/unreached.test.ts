import type { TestStep } from '#contract/connecting.ts';
import { AppError } from '#contract/errors.ts';
import { unreached, unreachedStep } from '#core/networks/unreached.ts';

const none = { way: 'none', reason: 'It is private.', settings: '"networks": [\n  {}\n]' } as const;
const lost = (step: 'route' | 'login') =>
  new AppError('DATABASE_TIMEOUT', { details: { step, hint: 'of the engine' } });

test('what failed on the way says which lines would reach the database', () => {
  expect(unreached(lost('route'), none)).toMatchObject({
    code: 'DATABASE_TIMEOUT',
    details: { step: 'route', hint: 'It is private.\n"networks": [\n  {}\n]' },
  });
  const step: TestStep = { type: 'step', step: 'route', state: 'failed', elapsedMs: 1, error: lost('route').body('') };
  expect(unreachedStep(step, none).error?.details?.hint).toContain('"networks"');
});

test('what failed later, or where a way was known, stays as it is', () => {
  const login = lost('login');
  const route = lost('route');
  expect(unreached(login, none)).toBe(login);
  expect(unreached(route, { way: 'direct' })).toBe(route);
  const passed: TestStep = { type: 'step', step: 'name', state: 'passed', elapsedMs: 1 };
  expect(unreachedStep(passed, none)).toBe(passed);
});
