import { STSClient } from '@aws-sdk/client-sts';
import { clientConfig, homeRegion, ownConfig } from '#core/aws/clients.ts';

const keys = { accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'secret-of-a-test' };

const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
afterEach(() => {
  for (const [name, value] of Object.entries({ AWS_REGION, AWS_DEFAULT_REGION }))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
});

test("a client speaks with the user's keys, in the region that was asked for", async () => {
  const client = new STSClient(clientConfig(keys, 'ap-south-1'));
  expect(await client.config.region()).toBe('ap-south-1');
  expect(await client.config.credentials()).toMatchObject(keys);
});

test('it gives up early, and retries a little', async () => {
  const client = new STSClient(clientConfig(keys));
  expect(await client.config.maxAttempts()).toBe(3);
  expect(client.config.retryMode).toBe('adaptive');
  // The handler reads its options with its first request; its resolved configuration is what counts.
  const handler = clientConfig(keys).requestHandler;
  const options = await (handler as unknown as { configProvider: Promise<object> }).configProvider;
  expect(options).toMatchObject({ connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true });
});

test('all clients of users share one pool of sockets, and those of the function another', () => {
  const pools = [clientConfig(keys), clientConfig({ ...keys, sessionToken: 't' }, 'eu-west-1')];
  const own = [ownConfig(), ownConfig()];
  expect(new Set(pools.map(({ requestHandler }) => requestHandler)).size).toBe(1);
  expect(new Set([...pools, ...own].map(({ requestHandler }) => requestHandler)).size).toBe(2);
});

test("the function's own clients give up within the shortest function's time", async () => {
  const { requestHandler, maxAttempts } = ownConfig();
  const { configProvider } = requestHandler as unknown as { configProvider: Promise<{ requestTimeout: number }> };
  // 15 seconds, of which 3 are kept to say so.
  expect((await configProvider).requestTimeout * maxAttempts).toBeLessThan(12_000);
});

test("the function's own clients name no credentials", () => {
  expect(ownConfig()).not.toHaveProperty('credentials');
});

test('the home region is the one that Lambda sets', () => {
  process.env.AWS_REGION = 'eu-north-1';
  expect(homeRegion()).toBe('eu-north-1');
  delete process.env.AWS_REGION;
  process.env.AWS_DEFAULT_REGION = 'eu-west-3';
  expect(homeRegion()).toBe('eu-west-3');
  delete process.env.AWS_DEFAULT_REGION;
  expect(homeRegion()).toBe('us-east-1');
});
