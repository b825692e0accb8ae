import { createRegistry } from '#core/local/account/registry.ts';
import { Fault } from '#core/local/aws/fault.ts';
import { formatAmzDate, sha256, signatureOf } from '#core/local/aws/signature.ts';
import { type SignedRequest, serviceOf, verifyRequest } from '#core/local/aws/verify-request.ts';

const registry = createRegistry(Buffer.alloc(32, 3));
const now = Date.UTC(2026, 10, 23, 12, 0, 0);
const minutes = (count: number) => count * 60_000;

interface Choices {
  readonly keys?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly at?: number;
  readonly region?: string;
  readonly service?: string;
  readonly scopeDate?: string;
  readonly body?: string;
  readonly signedHeaders?: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}

/** A request signed as a client would, with one thing or another done differently. */
const signed = (choices: Choices = {}): SignedRequest => {
  const { keys = registry.longTerm('ada'), at = now, region = 'eu-central-1', service = 'sts', body = 'a=b' } = choices;
  const amzDate = formatAmzDate(at);
  const headers = new Map(Object.entries({ host: '127.0.0.1:1', 'x-amz-date': amzDate, ...choices.more }));
  if (keys.sessionToken) headers.set('x-amz-security-token', keys.sessionToken);
  const names = choices.signedHeaders ?? [...headers.keys()].sort();
  const scope = { accessKeyId: keys.accessKeyId, date: choices.scopeDate ?? amzDate.slice(0, 8), region, service };
  const payloadHash = sha256(body);
  const pairs = names.map((name) => [name, headers.get(name) ?? ''] as const);
  const request = { method: 'POST', path: '/', query: [], headers: pairs, payloadHash };
  const signature = signatureOf(request, amzDate, scope, keys.secretAccessKey);
  const credential = `${scope.accessKeyId}/${scope.date}/${region}/${service}/aws4_request`;
  headers.set(
    'authorization',
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  );
  return { method: 'POST', path: '/', query: [], headers, body: Buffer.from(body) };
};

const verify = (request: SignedRequest, at = now) => verifyRequest(request, 'sts', registry, at);

/** The code in the query protocol, and the sentence. */
const refused = (request: SignedRequest, at = now): [string, string] => {
  try {
    verify(request, at);
  } catch (error) {
    if (error instanceof Fault) return [error.in('query').code, error.message];
    throw error;
  }
  return ['', 'It was let through.'];
};

test('a rightly signed request says whose key it was and for which region', () => {
  expect(verify(signed())).toMatchObject({ key: { name: 'ada' }, region: 'eu-central-1' });
});

test('temporary keys sign together with their token', () => {
  expect(verify(signed({ keys: registry.issue('dana', 'assumed-role', 900) }), now).key.name).toBe('dana');
});

test('a request without a signature is refused', () => {
  expect(refused({ ...signed(), headers: new Map([['host', 'x']]) })[0]).toBe('MissingAuthenticationToken');
});

test('a key that nobody has is refused, whatever its clock says', () => {
  const keys = { accessKeyId: 'AKIAXXXXXXXXXXXXXXXX', secretAccessKey: 'x'.repeat(40) };
  expect(refused(signed({ keys }))[0]).toBe('InvalidClientTokenId');
  expect(refused(signed({ keys, at: now - minutes(60) }))[0]).toBe('InvalidClientTokenId');
});

test('a wrong secret is refused', () => {
  const keys = { ...registry.longTerm('ada'), secretAccessKey: registry.longTerm('ben').secretAccessKey };
  expect(refused(signed({ keys }))).toEqual([
    'SignatureDoesNotMatch',
    expect.stringContaining('Check your AWS Secret Access Key'),
  ]);
});

test.each([
  ['the method', (request: SignedRequest) => ({ ...request, method: 'GET' })],
  ['the path', (request: SignedRequest) => ({ ...request, path: '/elsewhere' })],
  ['the body', (request: SignedRequest) => ({ ...request, body: Buffer.from('a=c') })],
  ['the query', (request: SignedRequest) => ({ ...request, query: [['a', 'b'] as const] })],
  [
    'a signed header',
    (request: SignedRequest) => ({ ...request, headers: new Map([...request.headers, ['host', 'y']]) }),
  ],
])('%s cannot be changed afterwards', (_what, change) => {
  expect(refused(change(signed()))[0]).toBe('SignatureDoesNotMatch');
});

test('a hash that is not the one of the body is refused', () => {
  expect(refused(signed({ more: { 'x-amz-content-sha256': sha256('something else') } }))[0]).toBe(
    'SignatureDoesNotMatch',
  );
  expect(verify(signed({ more: { 'x-amz-content-sha256': sha256('a=b') } })).key.name).toBe('ada');
});

test('host and all x-amz- headers must be signed', () => {
  expect(refused(signed({ signedHeaders: ['x-amz-date'] }))[1]).toContain("'host' must be a 'SignedHeader'");
  expect(refused(signed({ signedHeaders: ['host'] }))[1]).toContain("'x-amz-date' must be");
  const more = { 'x-amz-target': 'TrentService.Decrypt' };
  expect(refused(signed({ more, signedHeaders: ['host', 'x-amz-date'] }))[1]).toContain("'x-amz-target' must be");
});

test('a clock may be five minutes off, and not a second more', () => {
  for (const at of [now - minutes(5), now + minutes(5)]) expect(verify(signed({ at })).key.name).toBe('ada');
  expect(refused(signed({ at: now - minutes(5) - 1000 }))).toEqual([
    'SignatureDoesNotMatch',
    'Signature expired: 20261123T115459Z is now earlier than 20261123T115500Z (20261123T120000Z - 5 min.)',
  ]);
  expect(refused(signed({ at: now + minutes(5) + 1000 }))).toEqual([
    'SignatureDoesNotMatch',
    'Signature not yet current: 20261123T120501Z is still later than 20261123T120500Z (20261123T120000Z + 5 min.)',
  ]);
});

test('an expired key is refused as expired, but only to who holds its secret', () => {
  const keys = registry.issue('dana', 'assumed-role', 60);
  const later = keys.expiresAt.getTime();
  expect(verify(signed({ keys, at: later - 1000 }), later - 1000).key.name).toBe('dana');
  expect(refused(signed({ keys, at: later }), later)[0]).toBe('ExpiredToken');
  const guessed = { ...keys, secretAccessKey: 'x'.repeat(40) };
  expect(refused(signed({ keys: guessed, at: later }), later)[0]).toBe('SignatureDoesNotMatch');
});

test('a token of another key is refused', () => {
  const [one, other] = [registry.issue('dana', 'assumed-role', 900), registry.issue('dana', 'assumed-role', 900)];
  expect(refused(signed({ keys: { ...one, sessionToken: other.sessionToken } }))[0]).toBe('InvalidClientTokenId');
});

test('the scope must name this service, a region, and the day of the date', () => {
  expect(refused(signed({ service: 'iam' }))[1]).toContain("correct service: 'sts'");
  expect(refused(signed({ region: 'mars' }))[1]).toContain("not 'mars'");
  expect(refused(signed({ scopeDate: '20261122' }))[1]).toContain('Date in Credential scope');
});

test.each([
  ['Basic abc', 'algorithm'],
  ['AWS4-HMAC-SHA256 Credential=a/b/c', 'Credential'],
  ['AWS4-HMAC-SHA256 SignedHeaders=host', "'Credential'"],
  ['AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-central-1/sts/aws4_request, SignedHeaders=host', "'Signature'"],
  ['AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-central-1/sts/aws4_request, Signature=0', "'SignedHeaders'"],
])('an authorization that lacks something says what: %s', (authorization, what) => {
  const request = signed();
  const [code, message] = refused({
    ...request,
    headers: new Map([...request.headers, ['authorization', authorization]]),
  });
  expect(code).toBe('IncompleteSignature');
  expect(message).toContain(what);
});

test('a date in another form is refused', () => {
  const request = signed();
  const headers = new Map([...request.headers, ['x-amz-date', '2026-11-23T12:00:00Z']]);
  expect(refused({ ...request, headers })).toEqual(['IncompleteSignature', expect.stringContaining('ISO-8601')]);
});

test('a request says for which service it was signed, before anything is verified', () => {
  expect(serviceOf(signed({ service: 'dsql' }).headers)).toBe('dsql');
  expect(serviceOf(new Map())).toBeUndefined();
  expect(serviceOf(new Map([['authorization', 'Basic dsql']]))).toBeUndefined();
});
