import { Signer } from '@aws-sdk/rds-signer';
import { createRegistry } from '#core/local/account/registry.ts';
import { formatAmzDate, sha256, signatureOf } from '#core/local/aws/signature.ts';
import { refusalOf, type TokenAudience } from '#core/local/gateway/rds-token.ts';
import type { Credentials } from '#core/ports/identity.ts';

const registry = createRegistry(Buffer.alloc(32, 9));
const ada = registry.longTerm('ada');
const audience: TokenAudience = {
  accountId: '111122223333',
  region: 'eu-central-1',
  resourceId: 'db-SHOP',
  host: 'localhost',
  port: 5433,
};

/** A token as AWS's own signer makes it. */
const sign = (
  over: { hostname?: string; port?: number; username?: string; region?: string; credentials?: Credentials } = {},
) =>
  new Signer({
    hostname: 'localhost',
    port: 5433,
    username: 'app_iam',
    region: 'eu-central-1',
    credentials: ada,
    ...over,
  }).getAuthToken();

const refusal = (token: string, user = 'app_iam', now = Date.now()) => refusalOf(token, user, audience, registry, now);

/** A token whose parameters are chosen one by one, and which is signed all the same. */
const forge = (over: Readonly<Record<string, string>>, credentials: Credentials = ada, at = Date.now()): string => {
  const date = formatAmzDate(at);
  const [day, region, service] = [date.slice(0, 8), over.region ?? 'eu-central-1', over.service ?? 'rds-db'];
  const { region: _region, service: _service, ...parameters } = over;
  const query = Object.entries({
    Action: 'connect',
    DBUser: 'app_iam',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${day}/${region}/${service}/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': '900',
    'X-Amz-SignedHeaders': 'host',
    ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
    ...parameters,
  });
  const request = {
    method: 'GET',
    path: '/',
    query,
    headers: [['host', 'localhost:5433']] as const,
    payloadHash: sha256(''),
  };
  const scope = { accessKeyId: credentials.accessKeyId, date: day, region, service };
  const signature = signatureOf(request, date, scope, credentials.secretAccessKey);
  return `localhost:5433/?${new URLSearchParams([...query, ['X-Amz-Signature', signature]])}`;
};

test('a token of AWS’s own signer lets its user in', async () => {
  expect(refusal(await sign())).toBeUndefined();
});

test('temporary keys sign a token that carries theirs', async () => {
  const credentials = registry.issue('dana', 'assumed-role', 3_600);
  expect(refusal(await sign({ credentials }))).toBeUndefined();
  const token = forge({}, credentials);
  expect(refusal(token)).toBeUndefined();
  const { accessKeyId, secretAccessKey } = credentials;
  expect(refusal(forge({}, { accessKeyId, secretAccessKey }))).toMatch(/Nobody has this key/);
});

test('a token lives for fifteen minutes', async () => {
  const token = await sign();
  const minutes = (count: number) => Date.now() + count * 60_000;
  expect(refusal(token, 'app_iam', minutes(14.9))).toBeUndefined();
  expect(refusal(token, 'app_iam', minutes(15.1))).toMatch(/expired/);
});

test('a clock may be ahead by five minutes', () => {
  const now = Date.now();
  expect(refusal(forge({}, ada, now + 4 * 60_000), 'app_iam', now)).toBeUndefined();
  expect(refusal(forge({}, ada, now + 6 * 60_000), 'app_iam', now)).toMatch(/not valid yet/);
});

test.each([
  ['another host', { hostname: '127.0.0.1' }, /another host/],
  ['another port', { port: 5434 }, /another host/],
  ['another user', { username: 'analyst_iam' }, /another user/],
  ['another region', { region: 'us-east-1' }, /region/],
])('a token for %s is refused', async (_what, over, reason) => {
  expect(refusal(await sign(over))).toMatch(reason);
});

test.each([
  ['another action', { Action: 'delete' }, /another action/],
  ['another service', { service: 'rds' }, /another service/],
  ['another algorithm', { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA1' }, /signed otherwise/],
  ['more signed headers', { 'X-Amz-SignedHeaders': 'host;x-amz-date' }, /signed otherwise/],
  ['a longer life', { 'X-Amz-Expires': '901' }, /longer/],
  ['no life', { 'X-Amz-Expires': '0' }, /longer/],
  ['a life in words', { 'X-Amz-Expires': 'forever' }, /longer/],
  ['a parameter of its own', { Database: 'shop' }, /strange/],
])('a well-signed token with %s is refused', (_what, over, reason) => {
  expect(refusal(forge(over))).toMatch(reason);
});

test('a token that was altered is refused', async () => {
  const token = await sign();
  expect(refusal(token.replace(/(Signature=.{10})./, (_match, start) => `${start}_`))).toMatch(/signature/);
  expect(refusal(token.replace('X-Amz-Expires=900', 'X-Amz-Expires=899'))).toMatch(/signature/);
  expect(refusal(token.replace('DBUser=app_iam', 'DBUser=app'), 'app')).toMatch(/signature/);
  expect(refusal(`${token}&DBUser=app_iam`)).toMatch(/twice/);
  expect(refusal(token.replace(/&X-Amz-Date=[^&]*/, ''))).toMatch(/lacks/);
});

test.each(['', 'secret', 'localhost:5433', 'localhost:5433/?', 'https://localhost:5433/?Action=connect', '\0'])(
  'what is no token is refused: %j',
  (token) => {
    expect(refusal(token)).toBeDefined();
  },
);

test('a wrong secret and an unknown key are refused', async () => {
  expect(refusal(await sign({ credentials: { ...ada, secretAccessKey: 'x'.repeat(40) } }))).toMatch(/signature/);
  expect(refusal(await sign({ credentials: { ...ada, accessKeyId: `AKIA${'X'.repeat(16)}` } }))).toMatch(/Nobody/);
});

test('keys that have expired are refused', async () => {
  const credentials = registry.issue('dana', 'assumed-role', 60);
  const token = await sign({ credentials });
  expect(refusal(token, 'app_iam', credentials.expiresAt.getTime())).toMatch(/key has expired/);
});

test('who may not connect as this user is refused, and whoever belongs to another account', async () => {
  const ben = registry.longTerm('ben');
  expect(refusal(await sign({ credentials: ben }))).toMatch(
    /rds-db:connect is not allowed on arn:aws:rds-db:eu-central-1/,
  );
  expect(refusal(await sign({ credentials: ben, username: 'analyst_iam' }), 'analyst_iam')).toBeUndefined();
  expect(refusal(await sign({ credentials: registry.longTerm('erin') }))).toMatch(/another account/);
});
