import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { MACHINE_ARN } from '#core/local/account/principals.ts';
import { type Execution, executions } from '#core/local/automation/executions.ts';
import { MACHINES } from '#core/local/automation/machines.ts';
import { taskTokens } from '#core/local/automation/task-tokens.ts';
import { stepFunctions } from '#core/local/aws/step-functions.ts';
import { until } from '../../../e2e/until.ts';
import { memoryObjects } from '../../../support/map-objects.ts';
import { endpointWith, refusal, registry } from './sdk.ts';

const calls: Record<string, unknown>[] = [];
const ended: Execution[] = [];
const told: string[] = [];
let answer: (call: Record<string, unknown>) => Promise<unknown>;
const machine = executions({
  machines: MACHINES,
  ...memoryObjects(),
  run(event) {
    calls.push(event as Record<string, unknown>);
    return answer(event as Record<string, unknown>);
  },
  tell: ({ subject, text }) => void told.push(`${subject}: ${text}`),
  ended: (execution) => void ended.push(execution),
});
const tokens = taskTokens();
const config = endpointWith(stepFunctions({ executions: machine, tokens }));
const client = () => new SFNClient(config(registry.longTerm('service')));
afterAll(() => machine[Symbol.asyncDispose]());

beforeEach(() => {
  answer = async () => ({ runId: 'run-1', rows: 3 });
  for (const each of [calls, ended, told]) each.length = 0;
});

const start = (name: string, input: object = { automationId: 'k3j4h5g6f7' }) =>
  client().send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name, input: JSON.stringify(input) }));
const describe_ = (executionArn: string | undefined) => client().send(new DescribeExecutionCommand({ executionArn }));
const over = async (arn: string | undefined) => {
  await until('the end of an execution', async () => (await describe_(arn)).status !== 'RUNNING');
  return describe_(arn);
};
const arnOf = (name: string) => `${MACHINE_ARN.replace(':stateMachine:', ':execution:')}:${name}`;

describe('an execution', () => {
  test('runs the machine, and tells what came of it', async () => {
    const { executionArn } = await start('nightly-1');
    expect(executionArn).toBe(arnOf('nightly-1'));
    const { status, output, input, stateMachineArn, name } = await over(executionArn);
    expect({ status, name, stateMachineArn }).toEqual({
      status: 'SUCCEEDED',
      name: 'nightly-1',
      stateMachineArn: MACHINE_ARN,
    });
    expect(JSON.parse(output ?? '')).toEqual({ runId: 'run-1', rows: 3 });
    expect(JSON.parse(input ?? '')).toEqual({ automationId: 'k3j4h5g6f7' });
    expect(calls).toMatchObject([{ automationId: 'k3j4h5g6f7', execution: { arn: executionArn, name: 'nightly-1' } }]);
    expect(ended.map((each) => each.status)).toEqual(['SUCCEEDED']);
  });

  test('fails with the name of what the function threw, and people are told', async () => {
    answer = () => Promise.reject(Object.assign(new Error('no such table'), { name: 'Lodge.StatementFailed' }));
    const { status, error, cause } = await over((await start('failing')).executionArn);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Lodge.StatementFailed' });
    expect(JSON.parse(cause ?? '')).toMatchObject({ errorMessage: 'no such table' });
    expect(told).toEqual([
      expect.stringMatching(/^Lodge: a run has failed: [\s\S]*Lodge.StatementFailed[\s\S]*no such table/),
    ]);
  });

  test('by a name that runs with the same input is the same; by one that is taken it is refused', async () => {
    const gate = Promise.withResolvers<unknown>();
    answer = () => gate.promise;
    const first = await start('twice');
    expect((await start('twice')).executionArn).toBe(first.executionArn);
    const taken = ['ExecutionAlreadyExists', 400, expect.stringContaining('twice')];
    expect(await refusal(start('twice', { automationId: 'another0000' }))).toEqual(taken);
    gate.resolve({});
    await over(first.executionArn);
    expect(await refusal(start('twice'))).toEqual(taken);
    expect(calls).toHaveLength(1);
  });

  test('that is stopped ends at once, and whoever called functions hears of it', async () => {
    const gate = Promise.withResolvers<unknown>();
    answer = () => gate.promise;
    const { executionArn } = await start('stopped');
    await until('a call', async () => calls.length === 1);
    await client().send(new StopExecutionCommand({ executionArn, error: 'Lodge.Cancelled', cause: 'by Ada' }));
    expect(await describe_(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Lodge.Cancelled',
      cause: 'by Ada',
    });
    expect(ended.map(({ arn, status }) => ({ arn, status }))).toEqual([{ arn: executionArn, status: 'ABORTED' }]);
    gate.resolve({});
    // Once more is no error, and changes nothing.
    await client().send(new StopExecutionCommand({ executionArn }));
    expect((await describe_(executionArn)).error).toBe('Lodge.Cancelled');
  });

  test('without a name gets one', async () => {
    const { executionArn } = await client().send(
      new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, input: '{}' }),
    );
    expect(executionArn).toMatch(/:execution:lodge:[0-9a-f-]{36}$/);
    await over(executionArn);
  });
});

describe('what is refused', () => {
  test.each([
    ['a name with a space', () => start('a name'), 'InvalidName'],
    ['a name that is too long', () => start('n'.repeat(81)), 'ValidationException'],
    [
      'an input that is not JSON',
      () => client().send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, input: '{' })),
      'InvalidExecutionInput',
    ],
    ['an execution that is not there', () => describe_(arnOf('nobody')), 'ExecutionDoesNotExist'],
  ])('%s', async (_, call, name) => {
    expect((await refusal(call()))[0]).toBe(name);
  });

  test('whoever may not start it', async () => {
    const ben = new SFNClient(config(registry.longTerm('ben')));
    const call = ben.send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, input: '{}' }));
    expect(await refusal(call)).toEqual([
      'AccessDeniedException',
      400,
      expect.stringContaining('states:StartExecution'),
    ]);
  });

  test('a machine that is not there', async () => {
    const ada = new SFNClient(config(registry.longTerm('ada')));
    const stateMachineArn = `${MACHINE_ARN}-other`;
    expect((await refusal(ada.send(new StartExecutionCommand({ stateMachineArn }))))[0]).toBe(
      'StateMachineDoesNotExist',
    );
  });
});

describe('a task that waits for its token', () => {
  test('ends by what is sent with it, once', async () => {
    const { token: taskToken, answer: answered } = tokens.wait();
    await client().send(new SendTaskHeartbeatCommand({ taskToken }));
    await client().send(new SendTaskSuccessCommand({ taskToken, output: '{"rows":3}' }));
    expect(await answered).toEqual({ rows: 3 });
    const again = client().send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    expect((await refusal(again))[0]).toBe('TaskDoesNotExist');
  });

  test('fails by name', async () => {
    const { token: taskToken, answer: answered } = tokens.wait();
    const failed = answered.catch((error: Error) => [error.name, error.message]);
    await client().send(new SendTaskFailureCommand({ taskToken, error: 'Lodge.LoginFailed', cause: 'no such user' }));
    expect(await failed).toEqual(['Lodge.LoginFailed', 'no such user']);
    expect((await refusal(client().send(new SendTaskHeartbeatCommand({ taskToken }))))[0]).toBe('TaskDoesNotExist');
  });
});
