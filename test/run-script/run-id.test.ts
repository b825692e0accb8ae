import { RunId } from '#contract/automations.ts';
import { RunInput } from '#contract/run-script.ts';
import { runIdOf } from '../../lambdas/run-script/run-id.ts';
import { executionOf, ROLE } from '../support/runner.ts';

const plan = { scriptId: 'abcdefghijkl', resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop', roleArn: ROLE };
const now = new Date('2026-11-24T12:00:00Z');
const idOf = (input: object, requestId = 'a-request') => runIdOf(RunInput.parse(input), { requestId, now });

test('a schedule names the run: whatever execution delivers it', () => {
  const scheduled = { automationId: 'nightlyautomation', scheduledAt: '2026-11-24T03:00:00Z' };
  const id = idOf({ ...scheduled, execution: executionOf('one') });
  expect(idOf({ ...scheduled, execution: executionOf('two') }, 'another')).toBe(id);
  expect(idOf({ ...scheduled, scheduledAt: '2026-11-24T04:00:00+01:00' })).toBe(id);
  expect(idOf({ ...scheduled, scheduledAt: '2026-11-25T03:00:00Z' })).not.toBe(id);
  expect(id).toMatch(/^2026-11-24T03-00-00-000Z-nightlyautomation-[0-9a-f]{12}$/);
});

test('an execution names the run: in each attempt', () => {
  const input = { ...plan, execution: executionOf('nightly') };
  expect(idOf(input, 'first')).toBe(idOf({ ...input, firstRows: 10, taskToken: 'another' }, 'second'));
  expect(idOf({ ...plan, execution: executionOf('other') })).not.toBe(idOf(input));
});

test('what one execution asks for twice are two runs, where it asks for something else, or later', () => {
  const execution = executionOf('map');
  const ids = [
    idOf({ ...plan, execution }),
    idOf({ ...plan, execution, parameters: { day: '2026-11-24' } }),
    idOf({ ...plan, execution, parameters: { day: '2026-11-25' } }),
    idOf({ ...plan, execution: { ...execution, enteredAt: '2026-11-24T03:00:02Z' } }),
    idOf({ ...plan, execution: { ...execution, enteredAt: '2026-11-24T03:00:03Z' } }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('two machines whose executions have one name do not meet', () => {
  const execution = executionOf('nightly');
  const other = { ...execution, arn: execution.arn.replace(':lodge:', ':other:') };
  expect(idOf({ ...plan, execution })).not.toBe(idOf({ ...plan, execution: other }));
});

test('without an execution each call is a run', () => {
  expect(idOf(plan, 'one')).not.toBe(idOf(plan, 'two'));
  expect(idOf(plan, 'one')).toMatch(/^2026-11-24T12-00-00-000Z-one-/);
});

test('ids sort by time, and are safe as a part of a key, whatever the name', () => {
  const at = (startedAt: string) => idOf({ ...plan, execution: { name: 'a:b.c=d@e+f', startedAt } });
  const ids = ['2026-11-24T03:00:00Z', '2026-11-24T03:00:00.5Z', '2026-11-24T05:00:00+01:00'].map(at);
  expect(ids.toSorted()).toEqual(ids);
  const longest = { ...executionOf('n'.repeat(200)), startedAt: '2026-11-24T03:00:00Z' };
  for (const id of [...ids, idOf({ ...plan, execution: longest })]) {
    expect(RunId.safeParse(id).success).toBe(true);
    expect(id).toMatch(/^[\w-]+$/);
  }
});
