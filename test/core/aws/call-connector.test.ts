import { Readable } from 'node:stream';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Operation } from '#contract/connector.ts';
import type { AppError } from '#contract/errors.ts';
import { callConnector } from '#core/aws/call-connector.ts';
import { knowTenant } from '#core/aws/own-tenant.ts';
import { CONNECTOR, type PrincipalName } from '#core/local/account/principals.ts';
import { lambda } from '#core/local/aws/lambda.ts';
import { endpointWith, registry } from '../local/aws/sdk.ts';

const operation: Operation = {
  engine: 'postgres',
  target: { host: 'shop.test', port: 5432, database: 'shop' },
  login: { user: 'app', password: 'only in this test' },
  readOnly: true,
  work: { do: 'open' },
};
const signal = new AbortController().signal;

const received: string[] = [];
const config = endpointWith(
  lambda({
    streaming: {
      [CONNECTOR]: async (event) => {
        received.push(event.toString('utf8'));
        return Readable.from([Buffer.from('first '), Buffer.from('second')]);
      },
      'lodge-crashing': async () =>
        Readable.from(
          (async function* () {
            yield Buffer.from('begun');
            throw new Error('of this test');
          })(),
        ),
    },
    whole: {},
  }),
);
const call = (name: string, as: PrincipalName = 'ada') =>
  callConnector('data', name, new LambdaClient(config(registry.longTerm(as))))(operation, signal);

const failing = (error: object) => {
  const client = new LambdaClient({ region: 'eu-central-1' });
  client.send = () => Promise.reject(Object.assign(new Error('quotes a secret'), error));
  return callConnector('data', CONNECTOR, client)(operation, signal);
};

test('hands the function the operation as it is, and gives its bytes', async () => {
  const bytes = await Array.fromAsync(await call(CONNECTOR, 'service'));
  expect(Buffer.concat(bytes).toString('utf8')).toBe('first second');
  expect(JSON.parse(received.at(-1) ?? '')).toEqual(operation);
});

test('the service may call the connector, and no other function', async () => {
  await expect(call('lodge-crashing', 'service')).rejects.toMatchObject({
    code: 'CONNECTOR_FAILED',
    message: expect.stringContaining('may not be called'),
  });
});

test('says that a connector is not there', async () => {
  await expect(call('lodge-nowhere')).rejects.toMatchObject({
    code: 'CONNECTOR_FAILED',
    message: 'The connector of the network “data” is not there.',
    details: { hint: expect.stringContaining('deploy') },
  });
});

test('says that a connector crashed in the middle of its answer, after what it had said', async () => {
  const pieces: string[] = [];
  const reading = (async () => {
    for await (const piece of await call('lodge-crashing')) pieces.push(Buffer.from(piece).toString('utf8'));
  })();
  await expect(reading).rejects.toMatchObject({
    code: 'CONNECTOR_FAILED',
    message: expect.stringContaining('crashed'),
  });
  expect(pieces).toEqual(['begun']);
});

test.each([
  ['TooManyRequestsException', 'THROTTLED', /concurrency/],
  ['ResourceNotReadyException', 'CONNECTOR_FAILED', /waking up/],
  ['SubnetIPAddressLimitReachedException', 'CONNECTOR_FAILED', /no network interface/],
  ['EC2AccessDeniedException', 'CONNECTOR_FAILED', /no network interface/],
  ['TimeoutError', 'CONNECTOR_FAILED', /did not answer/],
])('%s is %s, in words of ours', async (name, code, message) => {
  const error = await failing({ name }).catch((refused: AppError) => refused);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message), details: { hint: expect.any(String) } });
  expect(JSON.stringify((error as AppError).body(''))).not.toContain('quotes');
});

test.each([
  ['Sandbox.Timedout', /ran out of time/],
  ['Runtime.OutOfMemory', /ran out of memory/],
  ['Runtime.ExitError', /crashed/],
])('%s at the end of a stream is told, without its details', async (ErrorCode, message) => {
  const client = new LambdaClient({ region: 'eu-central-1' });
  const EventStream = Readable.from([{ InvokeComplete: { ErrorCode, ErrorDetails: 'quotes a secret' } }]);
  client.send = (async () => ({ EventStream })) as never;
  const bytes = await callConnector('data', CONNECTOR, client)(operation, signal);
  const error = await Array.fromAsync(bytes).catch((refused: unknown) => refused);
  expect(error).toMatchObject({ code: 'CONNECTOR_FAILED', message: expect.stringMatching(message) });
  expect(JSON.stringify((error as AppError).body(''))).not.toContain('quotes');
});

test('names the tenant of this process where it has one, and none where nothing is isolated', async () => {
  const asked: unknown[] = [];
  const client = new LambdaClient({ region: 'eu-central-1' });
  client.send = async ({ input }: { input: { TenantId?: string } }) => {
    asked.push(input.TenantId);
    return { EventStream: [] };
  };
  const calling = callConnector('data', CONNECTOR, client);
  await calling(operation, signal);
  knowTenant('tenant-of-a-test');
  await calling(operation, signal);
  knowTenant(undefined);
  expect(asked).toEqual([undefined, 'tenant-of-a-test']);
});
