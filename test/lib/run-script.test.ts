import validate from 'asl-validator';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { DefinitionBody, Fail, QueryLanguage, StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { RunInput } from '#contract/run-script.ts';
import { TRANSIENT } from '#core/automation/retries.ts';
import { RunScript, type RunScriptProps } from '../../lib/run-script.ts';
import { read, runJsonata } from '../support/states-machine.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:Lodge-Runner';
const input = {
  scriptId: 's1s2s3s4s5',
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  roleArn: 'arn:aws:iam::111122223333:role/lodge-nightly',
  parameters: { day: '{% $states.input.day %}' },
};

const statementsOf = (document: unknown) => (document as { Statement: object[] } | undefined)?.Statement;

/** A machine of somebody else's stack: runs a script, and goes on, or fails by the name of an error. */
function machineWith(props: Partial<RunScriptProps> = {}, language = QueryLanguage.JSONATA) {
  const stack = new Stack(new App(), 'Reports', { env: { account: '111122223333', region: 'eu-central-1' } });
  const run = new RunScript(stack, 'Load the day', { functionArn, input, queryLanguage: language, ...props });
  const missing = new Fail(stack, 'No such script', { error: 'NoScript' });
  run.addCatch(missing, { errors: ['Lodge.ScriptNotFound'] });
  const definition = run.next(new Succeed(stack, 'Loaded'));
  new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(definition),
    queryLanguage: language,
  });
  const { template } = (stack.node.root as App).synth().getStackArtifact(stack.artifactId);
  const ofType = (type: string) =>
    Object.values<{ Type: string; Properties: Record<string, never> }>(template.Resources).find(
      ({ Type }) => Type === type,
    );
  const text = ofType('AWS::StepFunctions::StateMachine')?.Properties.DefinitionString as unknown;
  const parts = typeof text === 'string' ? [text] : (text as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  return {
    definition: JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'aws')).join('')),
    statements: statementsOf(ofType('AWS::IAM::Policy')?.Properties.PolicyDocument),
  };
}

const execution = {
  Id: 'arn:aws:states:eu-central-1:111122223333:execution:reports:monday',
  Name: 'monday',
  StartTime: '2026-11-24T03:00:00.123Z',
};

describe.each([QueryLanguage.JSONATA, QueryLanguage.JSON_PATH])('in a machine of %s', (language) => {
  const plan = language === QueryLanguage.JSONATA ? input : { ...input, parameters: { 'day.$': '$.day' } };

  test.each([false, true])('it is a valid state, called back: %s', (callback) => {
    const { definition } = machineWith({ input: plan, callback }, language);
    expect(validate(structuredClone(definition)).errorsText()).toBe('');
    const state = definition.States['Load the day'];
    expect(state.Resource).toBe(`arn:aws:states:::lambda:invoke${callback ? '.waitForTaskToken' : ''}`);
    expect([state.TimeoutSeconds, state.HeartbeatSeconds]).toEqual(callback ? [86_400, 3_600] : [930, undefined]);
  });

  test('as a callback it waits for as long as it is told', () => {
    const props = { input: plan, callback: true, timeout: Duration.minutes(30) };
    const { definition } = machineWith(props, language);
    expect(validate(structuredClone(definition)).errorsText()).toBe('');
    expect(definition.States['Load the day']).toMatchObject({ TimeoutSeconds: 1_800, HeartbeatSeconds: 1_799 });
    expect(() => machineWith({ ...props, callback: false }, language)).toThrow('unless it is a callback');
  });

  test('it tries again what is transient, and what is caught by name is left to the machine', () => {
    const { Retry, Catch } = machineWith({ input: plan }, language).definition.States['Load the day'];
    expect(Retry[0]).toMatchObject({ ErrorEquals: TRANSIENT, MaxAttempts: 3, JitterStrategy: 'FULL' });
    expect(Catch).toMatchObject([{ ErrorEquals: ['Lodge.ScriptNotFound'], Next: 'No such script' }]);
  });

  test('the machine may call the function, and nothing else', () => {
    expect(machineWith({ input: plan }, language).statements).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn },
    ]);
  });
});

test('the function gets an input that it takes, from the input of the machine, and the answer goes on', async () => {
  const calls: unknown[] = [];
  const { output } = await runJsonata(
    machineWith().definition,
    { day: '2026-11-24' },
    {
      execution,
      tasks(_, { FunctionName, Payload }) {
        expect(FunctionName).toBe(functionArn);
        calls.push(Payload);
        return { StatusCode: 200, Payload: { rows: 3 } };
      },
    },
  );
  expect(output).toEqual({ rows: 3 });
  expect(RunInput.parse(calls[0])).toMatchObject({
    ...input,
    parameters: { day: '2026-11-24' },
    execution: { arn: execution.Id, name: 'monday', startedAt: execution.StartTime },
  });
});

test('a callback hands the token of its task over, and does not wait for the function', async () => {
  const { Arguments } = machineWith({ callback: true }).definition.States['Load the day'];
  const context = {
    Execution: execution,
    State: { Name: 'Load the day', EnteredTime: '2026-11-24T03:00:01Z' },
    Task: { Token: 'a-token' },
  };
  const called = (await read(Arguments, { input: { day: '1' }, context })) as {
    InvocationType: string;
    Payload: object;
  };
  expect(called.InvocationType).toBe('Event');
  expect(RunInput.parse(called.Payload)).toMatchObject({ taskToken: 'a-token' });
});

test('a field that the function does not know is refused when the machine is made', () => {
  expect(() => machineWith({ input: { ...input, script: 's1' } })).toThrow(
    /^RunScript knows no script: it takes .*scriptId/,
  );
});
