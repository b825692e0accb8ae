import type { Run } from '#contract/automations.ts';
import { endRuns } from '../../lambdas/end-runs/end-runs.ts';
import { memoryRuns, stoppedClock } from '../support/ports.ts';
import { executionOf } from '../support/runner.ts';
import { runStart } from '../support/runs.ts';

const { arn, name } = executionOf('nightly');

/** As EventBridge sends it; the details are some of Step Functions' own. */
const event = (status: string, executionArn = arn) => ({
  version: '0',
  id: '315c1398-40ff-a850-213b-158f73e60175',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '111122223333',
  time: '2026-11-24T03:05:00Z',
  region: 'eu-central-1',
  resources: [executionArn],
  detail: {
    executionArn,
    stateMachineArn: arn,
    name,
    status,
    startDate: 1_795_489_201_123,
    stopDate: 1_795_489_500_000,
  },
});

async function running(execution: NonNullable<Run['execution']> = { arn, name }) {
  const { clock, pass } = stoppedClock();
  const { runs } = memoryRuns(clock);
  const { run } = await runs.begin(runStart({ execution }), { seconds: 60, days: 1 });
  const isStopped = async () => (await runs.progress(run, { rows: 0, bytes: 0, seconds: 60 })).stop;
  return { act: endRuns({ runs }), runs, run, pass, isStopped };
}

test.each(['ABORTED', 'TIMED_OUT', 'FAILED'])(
  'the runs of an execution that has ended as %s are asked to stop',
  async (status) => {
    const { act, isStopped } = await running();
    await act(event(status));
    expect(await isStopped()).toBe(true);
  },
);

/** A run of an item: its execution has the machine and the label of the map in its name (Step Functions, "Map Run"). */
const ITEM = {
  arn: 'arn:aws:states:eu-central-1:111122223333:execution:lodge-many/item:6f2ad3a7-5d0a-4e4c-9b0f-8f3b1b0f2a11',
  name: '6f2ad3a7-5d0a-4e4c-9b0f-8f3b1b0f2a11',
  parentArn: arn,
};

test.each([
  ['the item', ITEM.arn],
  ['the map above it', ITEM.parentArn],
])('a run of a map is asked to stop where the execution of %s has ended', async (_, executionArn) => {
  const { act, isStopped } = await running(ITEM);
  await act(event('ABORTED', executionArn));
  expect(await isStopped()).toBe(true);
});

test('those of another go on', async () => {
  const { act, isStopped } = await running();
  await act(event('ABORTED', executionOf('another').arn));
  expect(await isStopped()).toBe(false);
});

test('one whose function is gone is cut, for good', async () => {
  const { act, runs, run, pass } = await running();
  pass(61);
  await act(event('TIMED_OUT'));
  expect(await runs.read(run)).toMatchObject({ state: 'cut', endedAt: '2026-11-23T10:01:00.000Z' });
});

test.each([event('SUCCEEDED'), { ...event('ABORTED'), source: 'somebody' }, {}, null])(
  'what is no such event is refused',
  async (other) => {
    const { act, isStopped } = await running();
    await expect(act(other)).rejects.toThrow();
    expect(await isStopped()).toBe(false);
  },
);
