import { Buffer } from 'node:buffer';
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { callingAgain, lambdaRunner } from '#core/aws/runner.ts';

const lambda = mockClient(LambdaClient);
beforeEach(() => lambda.reset());

const plan = {
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  roleArn: 'arn:aws:iam::111122223333:role/lodge-nightly',
  readOnly: true,
};
const answers = (value: unknown, more: object = {}) =>
  lambda.on(InvokeCommand).resolves({ Payload: Buffer.from(JSON.stringify(value)), ...more } as object);

test('the function that runs scripts is asked how far a plan would come, and its steps are given back', async () => {
  const steps = [{ step: 'role', state: 'passed' }];
  answers({ steps });
  expect(await lambdaRunner('run-script').check(plan)).toEqual(steps);
  const [call] = lambda.commandCalls(InvokeCommand);
  expect(call?.args[0].input.FunctionName).toBe('run-script');
  expect(JSON.parse(Buffer.from(call?.args[0].input.Payload as Uint8Array).toString())).toEqual({ check: plan });
});

test('a function that failed is not believed, and what it said is not passed on', async () => {
  answers({ errorMessage: 'secret words' }, { FunctionError: 'Unhandled' });
  const failed = lambdaRunner('run-script').check(plan);
  await expect(failed).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
  await expect(failed).rejects.not.toThrow('secret words');
});

test('concurrency that is used up is said as what it is', async () => {
  lambda.on(InvokeCommand).rejects(new TooManyRequestsException({ $metadata: {}, message: 'no' }));
  await expect(lambdaRunner('run-script').check(plan)).rejects.toMatchObject({ code: 'THROTTLED' });
});

test('an answer of another shape is a fault of this instance', async () => {
  answers({ steps: [{ step: 'dance' }] });
  await expect(lambdaRunner('run-script').check(plan)).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
});

describe('the function that calls itself', () => {
  test('leaves an event, and does not wait for what comes of it', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
    await callingAgain('run-script')({ part: { number: 2 } });
    const [call] = lambda.commandCalls(InvokeCommand);
    const { Payload, ...asked } = call?.args[0].input ?? {};
    expect(asked).toEqual({ FunctionName: 'run-script', InvocationType: 'Event' });
    expect(JSON.parse(Buffer.from(Payload as Uint8Array).toString())).toEqual({ part: { number: 2 } });
  });

  test('says where it was not let', async () => {
    lambda.on(InvokeCommand).rejects(new TooManyRequestsException({ $metadata: {}, message: 'no' }));
    await expect(callingAgain('run-script')({})).rejects.toMatchObject({ code: 'THROTTLED' });
  });
});
