import type { AppError } from '#contract/errors.ts';
import { stateMachine } from '#core/aws/machine.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import { HOME_REGION, MACHINE_ARN, type PrincipalName } from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { type Executions, executions } from '#core/local/automation/executions.ts';
import { MACHINES } from '#core/local/automation/machines.ts';
import { taskTokens } from '#core/local/automation/task-tokens.ts';
import { stepFunctions } from '#core/local/aws/step-functions.ts';
import { startLocalEndpoint } from '../../support/local-endpoint.ts';
import { memoryObjects } from '../../support/map-objects.ts';

const registry = createRegistry(Buffer.alloc(32, 7));
const gate = Promise.withResolvers<unknown>();
let running: Executions;
let endpoint: AsyncDisposable;
beforeAll(async () => {
  running = executions({
    machines: MACHINES,
    ...memoryObjects(),
    run: () => gate.promise,
    tell: () => {},
    ended: () => {},
  });
  const service = stepFunctions({ executions: running, tokens: taskTokens() });
  endpoint = await startLocalEndpoint(registry, [service]);
});
afterAll(async () => {
  gate.resolve({});
  await running[Symbol.asyncDispose]();
  await endpoint[Symbol.asyncDispose]();
});

const nightly = {
  id: 'k3j4h5g6f7',
  name: 'Nightly report',
  notify: 'failures',
  script: 'Late orders, version 3',
} as const;
const ada = { id: 'aws:111122223333:AIDA', name: 'ada' };

const machine = (as: PrincipalName = 'service') => {
  const { accessKeyId, secretAccessKey } = registry.longTerm(as);
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: HOME_REGION,
  });
  return stateMachine(readEnvironment({ [ENV.machine]: MACHINE_ARN }));
};
const code = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: AppError) => error.code,
  );

test('starts an execution that says who has started what, and how people are told', async () => {
  const arn = await machine().start(nightly, ada, 'now-1');
  expect(arn).toBe(`${MACHINE_ARN.replace(':stateMachine:', ':execution:')}:now-1`);
  expect(JSON.parse(running.find(arn)?.input ?? '')).toEqual({
    automationId: nightly.id,
    name: nightly.name,
    notify: 'failures',
    script: nightly.script,
    startedBy: ada,
  });
});

test('a second start by the same name is the first, also where it says something else', async () => {
  const arn = await machine().start(nightly, ada, 'now-2');
  expect(await machine().start(nightly, ada, 'now-2')).toBe(arn);
  expect(await machine().start(nightly, { ...ada, name: 'ben' }, 'now-2')).toBe(arn);
  expect(JSON.parse(running.find(arn)?.input ?? '')).toMatchObject({ startedBy: ada });
});

test('stops an execution, and says who did; what has ended, was never there, or is of another machine is left alone', async () => {
  const arn = await machine().start(nightly, ada, 'now-3');
  await machine().stop(arn);
  expect(running.find(arn)).toMatchObject({ status: 'ABORTED', error: 'Lodge.Cancelled' });
  await machine().stop(arn);
  await machine().stop(`${arn}-never`);
  // The local account would refuse this one: the function has no permission for it.
  await machine().stop('arn:aws:states:eu-central-1:111122223333:execution:another:run');
});

test('a permission that is missing is a fault of the instance', async () => {
  expect(await code(machine('ben').start(nightly, ada, 'now-4'))).toBe('INTERNAL');
});
