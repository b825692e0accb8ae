import validate from 'asl-validator';
import { StateMachine as LocalMachine } from 'aws-local-stepfunctions';
import { RUN_ERRORS, RunInput } from '#contract/run-script.ts';
import { mapMachine } from '#core/automation/map-machine.ts';
import { mapMachineJsonPath } from '#core/automation/map-machine-json-path.ts';
import { OF_LAMBDA } from '#core/automation/retries.ts';
import { runMachine } from '#core/automation/run-machine.ts';
import { runMachineJsonPath } from '#core/automation/run-machine-json-path.ts';
import { ofOneState, runTask } from '#core/automation/run-task.ts';
import type { Places, StateMachine } from '#core/automation/states-language.ts';
import { Failed, named, read, runJsonata, type Tasks } from '../../support/states-machine.ts';

const PLACES: Places = {
  partition: 'aws',
  runner: 'arn:aws:lambda:eu-central-1:111122223333:function:run-script',
  bucket: 'results-of-lodge',
};
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:lodge';
const TELLING: Places = { ...PLACES, topic: TOPIC };
const EXECUTION = {
  Id: 'arn:aws:states:eu-central-1:111122223333:execution:lodge:nightly-1',
  Name: 'nightly-1',
  StartTime: '2026-11-24T03:00:00.123Z',
};
const INPUT = {
  automationId: 'k3j4h5g6f7',
  name: 'Nightly report',
  script: 'Late orders, version 3',
  scheduledAt: '2026-11-24T03:00:00Z',
};
const PLAN = {
  scriptId: 's1s2s3s4s5',
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  roleArn: 'arn:aws:iam::111122223333:role/lodge-nightly',
};
const ANSWER = { runId: 'run-1', rows: 3, bytes: 120, bucket: 'results-of-lodge', key: 'results/run-1.csv' };

const MACHINES = { JSONata: runMachine, JSONPath: runMachineJsonPath };
type Language = keyof typeof MACHINES;
const LANGUAGES = Object.keys(MACHINES) as Language[];

interface Ended {
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly calls: Record<string, unknown>[];
  readonly told: Record<string, unknown>[];
}

interface Ran {
  readonly places?: Places;
  readonly input?: object;
  /** What the function does at each call; the last goes on. */
  readonly answers?: (() => unknown)[];
  readonly publish?: () => unknown;
}

/** One execution, with a function and a topic that are watched. */
async function run(
  language: Language,
  { places = TELLING, input = INPUT, answers = [() => ANSWER], publish = () => ({}) }: Ran,
) {
  const calls: Record<string, unknown>[] = [];
  const told: Record<string, unknown>[] = [];
  const tasks: Tasks = (resource, given) => {
    if (resource === 'arn:aws:states:::sns:publish') {
      told.push(given);
      return publish();
    }
    expect(resource).toBe('arn:aws:states:::lambda:invoke');
    expect(given.FunctionName).toBe(PLACES.runner);
    calls.push(given.Payload as Record<string, unknown>);
    return { StatusCode: 200, Payload: answers[Math.min(calls.length, answers.length) - 1]?.() };
  };
  const ended = await EXECUTE[language](MACHINES[language](places), input, tasks).then(
    (output) => ({ output }),
    (failed) => failed,
  );
  return { ...ended, calls, told } as Ended;
}

const EXECUTE: Record<Language, (machine: StateMachine, input: object, tasks: Tasks) => Promise<unknown>> = {
  JSONata: (machine, input, tasks) =>
    runJsonata(machine, input, { execution: EXECUTION, tasks }).then(
      ({ output }) => output,
      (failed: Failed) => {
        if (!(failed instanceof Failed)) throw failed;
        throw { error: failed.error, cause: failed.message };
      },
    ),
  async JSONPath(machine, input, tasks) {
    const states = Object.entries(machine.States).filter(([, { Type }]) => Type === 'Task');
    const handlers = states.map(([name, { Resource }]) => [
      name,
      async (given: object) => tasks(String(Resource), given as never),
    ]);
    const pauses = states.map(([name]) => [name, [0, 0]]);
    const { QueryLanguage: _, ...definition } = JSON.parse(JSON.stringify(machine));
    for (const state of Object.values<{ QueryLanguage?: string }>(definition.States)) delete state.QueryLanguage;
    const { result } = new LocalMachine(definition, { validationOptions: { noValidate: true } }).run(input as never, {
      context: { Execution: EXECUTION } as never,
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(handlers),
        retryIntervalOverrides: Object.fromEntries(pauses),
      },
    });
    return result.catch((error: Error) => {
      throw { error: error.message };
    });
  },
};

const failing =
  (name: string, message = 'as it says') =>
  () => {
    throw named(name, JSON.stringify({ errorType: name, errorMessage: message, trace: [] }));
  };

describe.each(LANGUAGES)('the machine of an instance, in %s', (language) => {
  test('calls the function once with its own input, and says which execution it is', async () => {
    const { output, calls, told } = await run(language, {});
    expect(output).toEqual(ANSWER);
    expect(calls).toHaveLength(1);
    expect(RunInput.parse(calls[0])).toMatchObject({
      automationId: INPUT.automationId,
      scheduledAt: INPUT.scheduledAt,
      execution: { arn: EXECUTION.Id, name: EXECUTION.Name },
    });
    expect(told).toEqual([]);
  });

  test('hands on a plan of its input, and who has started it', async () => {
    const startedBy = { id: 'aws:111122223333:AIDA', name: 'Ada' };
    const { calls } = await run(language, {
      input: { ...PLAN, startedBy, parameters: { day: '2026-11-24', of: null } },
    });
    expect(RunInput.parse(calls[0])).toMatchObject({ ...PLAN, startedBy, parameters: { day: '2026-11-24', of: null } });
  });

  const transient = Object.values(RUN_ERRORS).filter((each) => each.transient);
  test.each([...transient.map(({ name }) => name), ...OF_LAMBDA])('tries again after %s', async (name) => {
    const { output, calls } = await run(language, { answers: [failing(name), () => ANSWER] });
    expect(output).toEqual(ANSWER);
    expect(calls).toHaveLength(2);
    expect(calls[1]).toEqual(calls[0]);
  });

  test('gives up after four attempts, with the name of the error', async () => {
    const { error, calls } = await run(language, { answers: [failing('Lodge.DatabaseUnreachable')] });
    expect(error).toContain(language === 'JSONata' ? 'Lodge.DatabaseUnreachable' : 'Execution has failed');
    expect(calls).toHaveLength(4);
  });

  const final = Object.values(RUN_ERRORS).filter(
    ({ name, transient: again }) => !again && !['Lodge.RunInProgress', 'Lodge.AutomationPaused'].includes(name),
  );
  test.each([...final.map(({ name }) => name), 'States.Timeout', 'Lambda.Unknown'])(
    'fails at once after %s, and tells of it',
    async (name) => {
      const { output, calls, told } = await run(language, { answers: [failing(name, 'no such table')] });
      expect(output).toBeUndefined();
      expect(calls).toHaveLength(1);
      expect(told).toHaveLength(1);
      expect(told[0]).toMatchObject({ TopicArn: TOPIC, Subject: expect.stringMatching(/^Lodge: .* has failed$/) });
      for (const said of [name, 'no such table', EXECUTION.Id]) expect(told[0]?.Message).toContain(said);
    },
  );

  test.each(['Lodge.RunInProgress', 'Lodge.AutomationPaused'])('%s is no failure', async (name) => {
    const { output, told } = await run(language, { answers: [failing(name)] });
    expect(output).toEqual({ skipped: name });
    expect(told).toEqual([]);
  });

  test.each([
    ['never', 'failure', 0],
    ['failures', 'failure', 1],
    ['always', 'failure', 1],
    ['never', 'success', 0],
    ['failures', 'success', 0],
    ['always', 'success', 1],
  ])('notify: %s, at a %s', async (notify, ended, many) => {
    const answers = ended === 'failure' ? [failing('Lodge.LoginFailed')] : [() => ANSWER];
    const { told } = await run(language, { input: { ...INPUT, notify }, answers });
    expect(told).toHaveLength(many);
  });

  test('a topic that cannot be told changes nothing of what came of the run', async () => {
    const publish = failing('SNS.NotFoundException');
    const input = { ...INPUT, notify: 'always' };
    expect((await run(language, { input, publish })).output).toEqual(ANSWER);
    const { output, error } = await run(language, { input, publish, answers: [failing('Lodge.LoginFailed')] });
    expect(output).toBeUndefined();
    expect(error).toBeDefined();
  });

  test('without a topic nobody is told', async () => {
    const { told, error } = await run(language, { places: PLACES, answers: [failing('Lodge.LoginFailed')] });
    expect(error).toBeDefined();
    expect(told).toEqual([]);
    expect((await run(language, { places: PLACES })).output).toEqual(ANSWER);
  });
});

test('a message in JSONPath names the automation where it has a name', async () => {
  const input = { ...INPUT, notify: 'always' };
  const { told } = await run('JSONPath', { input });
  expect(told).toMatchObject([
    {
      Subject: 'Lodge: a run has succeeded',
      Message: `The run of Nightly report has succeeded.\n\n3 rows\n\nExecution: ${EXECUTION.Id}`,
    },
  ]);
  const answers = [failing('Lodge.StatementFailed', 'no such table')];
  const failed = await run('JSONPath', { input, answers });
  expect(failed.told[0]?.Message).toMatch(/^The run of Nightly report has failed: Lodge\.StatementFailed\.\n/);
  const unnamed = await run('JSONPath', { input: { ...PLAN, notify: 'always' } });
  expect(unnamed.told[0]?.Message).toMatch(/^A run of Lodge has succeeded\.\n/);
  const neither = await run('JSONPath', { input: PLAN, answers });
  expect(neither.told[0]?.Message).toMatch(/^A run of Lodge has failed: Lodge\.StatementFailed\.\n/);
});

describe('in JSONata', () => {
  test('a failure keeps its name and what the function said', async () => {
    const { error, cause } = await run('JSONata', { answers: [failing('Lodge.StatementFailed', 'no such table')] });
    expect(error).toBe('Lodge.StatementFailed');
    expect(JSON.parse(cause ?? '')).toMatchObject({ errorMessage: 'no such table' });
  });

  const page = `https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/${EXECUTION.Id}`;

  test('a message is for people: whose run it was, what came of it, and where to look', async () => {
    const { told } = await run('JSONata', { input: { ...INPUT, notify: 'always' } });
    expect(told).toEqual([
      {
        TopicArn: TOPIC,
        Subject: 'Lodge: Nightly report has succeeded',
        Message: [
          'The run of Nightly report has succeeded.',
          '3 rows, 120 bytes.',
          's3://results-of-lodge/results/run-1.csv',
          'Script: Late orders, version 3',
          `Execution: ${EXECUTION.Id}`,
          `Console: ${page}`,
        ].join('\n\n'),
      },
    ]);
    const failed = await run('JSONata', { input: PLAN, answers: [failing('Lodge.StatementFailed', 'no such table')] });
    expect(failed.told[0]).toMatchObject({
      Subject: 'Lodge: script s1s2s3s4s5 has failed',
      Message: [
        'The run of script s1s2s3s4s5 has failed: Lodge.StatementFailed.',
        'no such table',
        `Execution: ${EXECUTION.Id}`,
        `Console: ${page}`,
      ].join('\n\n'),
    });
  });

  test.each([
    ['Nächtlicher\r\nBericht', 'Lodge: N?chtlicher??Bericht has failed'],
    ['“{% x %}” $1', 'Lodge: ?{% x %}? $1 has failed'],
    ['long '.repeat(24), `Lodge: ${'long '.repeat(12)} has failed`],
  ])('the subject of “%s” is one that SNS takes', async (name, Subject) => {
    const { told } = await run('JSONata', { input: { ...INPUT, name }, answers: [failing('Lodge.LoginFailed')] });
    expect(told[0]).toMatchObject({ Subject, Message: expect.stringContaining(name) });
    expect(Subject.length).toBeLessThan(100);
  });

  test.each([
    ['aws-cn', 'https://cn-north-1.console.amazonaws.cn/states/home'],
    ['aws-iso', undefined],
  ])('the console of the partition %s is at %s', async (partition, address) => {
    const told: Record<string, unknown>[] = [];
    const Id = `arn:${partition}:states:cn-north-1:111122223333:execution:lodge:nightly-1`;
    await runJsonata(
      runMachine(TELLING),
      { ...INPUT, notify: 'always' },
      {
        execution: { ...EXECUTION, Id },
        tasks: (resource, given) => (resource.endsWith('publish') ? told.push(given) : { Payload: ANSWER }),
      },
    );
    const message = String(told[0]?.Message);
    expect(message).toContain(Id);
    expect(/Console: ([^?]*)/.exec(message)?.[1]).toBe(address);
  });

  test('an execution whose name a run may not have is called by another', async () => {
    const calls: unknown[] = [];
    await runJsonata(runMachine(PLACES), INPUT, {
      execution: { ...EXECUTION, Name: "Ada's (nightly) run ü" },
      tasks: (_, { Payload }) => ({ Payload: calls.push(Payload) }),
    });
    expect(RunInput.parse(calls[0])).toMatchObject({ execution: { name: 'Ada_s__nightly__run__' } });
  });
});

describe('a state of a machine of somebody else’s', () => {
  const states = {
    input: {},
    context: { Execution: EXECUTION, State: { Name: 'Load the day!', EnteredTime: '2026-11-24T03:10:00.500Z' } },
  };
  const identity = async (context: object) =>
    RunInput.parse(await read(ofOneState('JSONata', PLAN), { ...states, context })).execution;

  test('is a run by itself, of its execution and of the moment when it was entered', async () => {
    expect(await identity(states.context)).toEqual({
      arn: EXECUTION.Id,
      name: 'nightly-1',
      startedAt: EXECUTION.StartTime,
      enteredAt: '2026-11-24T03:10:00.500Z',
    });
  });

  test.each(LANGUAGES)('a callback in %s sends its token, and does not wait for the function', (language) => {
    const payload = ofOneState(language, PLAN, true);
    const task = runTask({ language, places: PLACES, payload, callback: true });
    expect(task.Resource).toBe('arn:aws:states:::lambda:invoke.waitForTaskToken');
    const given = JSON.stringify(language === 'JSONata' ? task.Arguments : task.Parameters);
    expect(given).toContain('"InvocationType":"Event"');
    expect(given).toContain(language === 'JSONata' ? '$states.context.Task.Token' : '$$.Task.Token');
  });
});

describe('every definition', () => {
  const definitions = { runMachine, runMachineJsonPath, mapMachine, mapMachineJsonPath };
  const cases = Object.entries(definitions).flatMap(([name, made]) => [
    [`${name}, with a topic`, made(TELLING)] as const,
    [`${name}, without one`, made(PLACES)] as const,
  ]);

  test.each(cases)('%s is valid', (_, machine) => {
    const validation = validate(structuredClone(machine));
    expect(validation.errorsText()).toBe('');
  });
});
