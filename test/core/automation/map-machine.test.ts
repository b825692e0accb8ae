/** The machine of many runs in both languages: JSONata by an interpreter of these tests, JSONPath by that of the local mode. */
import { RUN_ERRORS, RunInput } from '#contract/run-script.ts';
import { mapMachine } from '#core/automation/map-machine.ts';
import { mapMachineJsonPath } from '#core/automation/map-machine-json-path.ts';
import type { Places } from '#core/automation/states-language.ts';
import { type Execution, executionArn, executions } from '#core/local/automation/executions.ts';
import { memoryObjects } from '../../support/map-objects.ts';
import { type Failed, named, runJsonata, type Tasks } from '../../support/states-machine.ts';

const PLACES: Places = {
  partition: 'aws',
  runner: 'arn:aws:lambda:eu-central-1:111122223333:function:run-script',
  topic: 'arn:aws:sns:eu-central-1:111122223333:lodge',
  bucket: 'results-of-lodge',
};
const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:lodge-many';
const NAME = 'nightly-1';
const PLAN = {
  scriptId: 's1s2s3s4s5',
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  roleArn: 'arn:aws:iam::111122223333:role/lodge-nightly',
};
const ANSWER = { runId: 'run-1', rows: 3, bytes: 120, bucket: 'results-of-lodge', key: 'results/run-1.csv' };
const DAYS = 'day,of\r\n1,\r\n2,"a ""b"", c"\r\n';

interface Ended {
  readonly output?: unknown;
  readonly error?: string | undefined;
  /** Below which prefix how many answers were written. */
  readonly written: readonly (readonly [prefix: string, answers: number])[];
}

interface Given {
  readonly Payload: unknown;
  readonly Message: string;
  readonly Key: string;
  readonly Prefix: string;
  readonly Body: readonly unknown[];
}

interface Ground {
  call(payload: unknown): unknown;
  tell(text: string): void;
}

const EXECUTE: Record<'JSONata' | 'JSONPath', (input: object, ground: Ground) => Promise<Ended>> = {
  async JSONata(input, { call, tell }) {
    const written: [string, number][] = [];
    const tasks: Record<string, (given: Given) => unknown> = {
      'arn:aws:states:::lambda:invoke': ({ Payload }) => ({ Payload: call(Payload) }),
      'arn:aws:states:::sns:publish': ({ Message }) => tell(Message),
      'arn:aws:states:::s3:getObject': ({ Key }) => {
        if (Key !== 'results/days.csv') throw named('States.ItemReaderFailed', 'there is no such file');
        return [
          { day: '1', of: '' },
          { day: '2', of: 'a "b", c' },
        ];
      },
      'arn:aws:states:::s3:putObject': ({ Prefix, Body }) => written.push([Prefix, Body.length]),
    };
    const run: Tasks = (resource, given) => tasks[resource]?.(given as never);
    const execution = { Id: executionArn(MACHINE, NAME), Name: NAME, StartTime: '2026-11-24T03:00:00.123Z' };
    const ended = await runJsonata(mapMachine(PLACES), input, { execution, tasks: run }).catch(({ error }: Failed) => ({
      error,
    }));
    return { ...ended, written };
  },

  async JSONPath(input, { call, tell }) {
    const { objects, written } = memoryObjects({ 'results-of-lodge/results/days.csv': DAYS });
    const over = Promise.withResolvers<Execution>();
    await using running = executions({
      machines: { [MACHINE]: mapMachineJsonPath(PLACES) },
      objects,
      run: async (payload) => call(payload),
      tell: ({ text }) => tell(text),
      ended: (execution) => execution.machineArn === MACHINE && over.resolve(execution),
    });
    running.start(MACHINE, NAME, JSON.stringify(input));
    const { output, error } = await over.promise;
    const files = [...written].filter(([key]) => key.endsWith('/SUCCEEDED_0.json'));
    return {
      ...(output !== undefined && { output: JSON.parse(output) }),
      error,
      written: files.map(([key, all]) => [
        key.split('/').slice(1, 3).join('/'),
        (all as { Output: string }[]).filter(({ Output }) => Output === JSON.stringify(ANSWER)).length,
      ]),
    };
  },
};

describe.each(['JSONata', 'JSONPath'] as const)('the machine of many runs, in %s', (language) => {
  const items = [{ resourceId: `${PLAN.resourceId}-1` }, { parameters: { day: '2', of: null } }, { database: 'other' }];
  const ran = async (input: object, fails: readonly string[] = []) => {
    const calls: unknown[] = [];
    const told: string[] = [];
    const ended = await EXECUTE[language](input, {
      call(payload) {
        calls.push(payload);
        const error = fails[calls.length - 1];
        if (error) throw named(error, '{}');
        return ANSWER;
      },
      tell: (text) => void told.push(text),
    });
    return { ...ended, calls, told };
  };

  test('runs a plan for each item, which may change all of it and add parameters', async () => {
    const { calls, written } = await ran({ plan: { ...PLAN, parameters: { day: '1', unit: 'eur' } }, items });
    const inputs = calls.map((call) => RunInput.parse(call));
    expect(inputs).toMatchObject([
      { ...PLAN, ...items[0], parameters: { day: '1', unit: 'eur' } },
      { ...PLAN, parameters: { day: '2', of: null, unit: 'eur' } },
      { ...PLAN, database: 'other', parameters: { day: '1', unit: 'eur' } },
    ]);
    expect(new Set(inputs.map(({ execution }) => execution?.name)).size).toBe(3);
    for (const { execution } of inputs) {
      expect(execution?.arn).toMatch(/:execution:[\w-]+\/item:/);
      expect(execution?.parentArn).toBe(executionArn(MACHINE, NAME));
    }
    expect(written).toEqual([[`maps/${NAME}`, 3]]);
  });

  test('runs for a single item too, of a plan and of an item without parameters', async () => {
    const { calls } = await ran({ plan: PLAN, items: [{}] });
    expect(calls).toHaveLength(1);
    expect(RunInput.parse(calls[0])).toMatchObject({ ...PLAN, parameters: {} });
  });

  test('runs a plan for each row of a file in the bucket of results, whose columns are parameters', async () => {
    const { calls } = await ran({ plan: { ...PLAN, parameters: { unit: 'eur' } }, itemsKey: 'results/days.csv' });
    expect(calls.map((call) => RunInput.parse(call))).toMatchObject([
      { parameters: { day: '1', of: '', unit: 'eur' }, execution: { parentArn: executionArn(MACHINE, NAME) } },
      { parameters: { day: '2', of: 'a "b", c', unit: 'eur' }, execution: { parentArn: executionArn(MACHINE, NAME) } },
    ]);
  });

  test('fails where there is no such file', async () => {
    expect(await ran({ plan: PLAN, itemsKey: 'results/never.csv' })).toMatchObject({
      error: 'States.ItemReaderFailed',
      calls: [],
      told: [expect.stringContaining('States.ItemReaderFailed')],
    });
  });

  const failures = ['Lodge.StatementFailed', 'Lodge.StatementFailed'];

  test('fails where more runs fail than are tolerated, and tells of it once', async () => {
    const { error, told } = await ran({ plan: PLAN, items }, failures);
    expect(error).toBe('States.ExceedToleratedFailureThreshold');
    expect(told).toHaveLength(1);
    expect((await ran({ plan: PLAN, items, notify: 'never' }, failures)).told).toEqual([]);
  });

  test('succeeds where no more fail, and tells of it where that is asked for', async () => {
    const input = { plan: PLAN, items, toleratedFailurePercentage: 67 };
    const { output, told } = await ran(input, failures);
    expect(output).toMatchObject({ MapRunArn: expect.any(String), ResultWriterDetails: expect.any(Object) });
    expect(told).toEqual([]);
    expect((await ran({ ...input, notify: 'always' }, failures)).told).toEqual([
      expect.stringContaining('has succeeded'),
    ]);
  });

  test('a run that is done already, or paused, is no failure', async () => {
    const notNow = [RUN_ERRORS.RUN_IN_PROGRESS.name, RUN_ERRORS.AUTOMATION_PAUSED.name];
    expect(await ran({ plan: PLAN, items }, notNow)).toMatchObject({ output: expect.any(Object), told: [] });
  });
});
