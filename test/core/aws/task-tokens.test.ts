import { taskTokens } from '#core/aws/task-tokens.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { executions } from '#core/local/automation/executions.ts';
import { MACHINES } from '#core/local/automation/machines.ts';
import { taskTokens as localTokens } from '#core/local/automation/task-tokens.ts';
import { stepFunctions } from '#core/local/aws/step-functions.ts';
import { startLocalEndpoint } from '../../support/local-endpoint.ts';
import { memoryObjects } from '../../support/map-objects.ts';

const registry = createRegistry(Buffer.alloc(32, 23));
const waiting = localTokens();
const machine = executions({
  machines: MACHINES,
  ...memoryObjects(),
  run: async () => undefined,
  tell: () => undefined,
  ended: () => undefined,
});
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  stack.use(machine);
  const service = stepFunctions({ executions: machine, tokens: waiting });
  stack.use(await startLocalEndpoint(registry, [service]));
  const { accessKeyId, secretAccessKey } = registry.longTerm('service');
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
});
afterAll(async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
  await stack.disposeAsync();
});

test('an answer reaches whoever waits for it', async () => {
  const { token, answer } = waiting.wait();
  expect(await taskTokens().beat(token)).toBe(true);
  expect(await taskTokens().succeed(token, { rows: 3, firstRows: [['é', null]] })).toBe(true);
  expect(await answer).toEqual({ rows: 3, firstRows: [['é', null]] });
});

test('so does a failure, by its name', async () => {
  const { token, answer } = waiting.wait();
  expect(await taskTokens().fail(token, { name: 'Lodge.StatementFailed', message: 'division by zero' })).toBe(true);
  await expect(answer).rejects.toMatchObject({ name: 'Lodge.StatementFailed', message: 'division by zero' });
});

test('where nobody waits any more, that is no error', async () => {
  const { token } = waiting.wait();
  await taskTokens().succeed(token, {});
  const tokens = taskTokens();
  expect(await Promise.all([tokens.beat(token), tokens.succeed(token, {}), tokens.fail(token, new Error())])).toEqual([
    false,
    false,
    false,
  ]);
});
