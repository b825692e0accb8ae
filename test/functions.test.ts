/** Every function that opens sessions, as Lambda would start it: one event for each of its routes. */
import { randomBytes } from 'node:crypto';
import type { FunctionName, Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { ENV } from '#core/env.ts';
import { gatewayEvent, installRuntime, invoke } from './support/lambda-runtime.ts';

installRuntime();
process.env[ENV.sessionSecret] = randomBytes(32).toString('base64');

const FUNCTIONS: Partial<Record<FunctionName, () => Promise<{ handler: unknown }>>> = {
  explorer: () => import('../lambdas/explorer/handler.ts'),
  connections: () => import('../lambdas/connections/handler.ts'),
  objects: () => import('../lambdas/objects/handler.ts'),
  query: () => import('../lambdas/query/handler.ts'),
};

const routes = (Object.values(ROUTES) as Route[]).filter((route) => FUNCTIONS[route.function]);

describe.each(routes)('$method $path', ({ method, path, function: name }) => {
  const call = async (changes: object) => {
    const { handler } = (await FUNCTIONS[name]?.()) ?? {};
    const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const answer = await invoke(handler, gatewayEvent({ httpMethod: method, path, ...changes }));
    quiet.mockRestore();
    return { status: answer.prelude?.statusCode, code: JSON.parse(String(answer.body)).code };
  };

  it('is served by its function, which knows nobody without a session', async () => {
    expect(await call({})).toEqual({ status: 401, code: 'SESSION_MISSING' });
  });

  it('opens no token that it did not seal', async () => {
    const headers = { authorization: 'Bearer nothing.that.was.ever.sealed' };
    expect(await call({ headers })).toEqual({ status: 401, code: 'SESSION_INVALID' });
  });
});

test('a function that opens databases does not serve another function’s route', async () => {
  const { handler } = await import('../lambdas/query/handler.ts');
  const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const answer = await invoke(handler, gatewayEvent({ httpMethod: 'POST', path: '/api/resources' }));
  quiet.mockRestore();
  expect(answer.prelude?.statusCode).toBe(404);
});
