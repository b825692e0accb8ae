/**
 * The promise about keys, tried as a whole: somebody signs in, works, and fails in every way there is, with the true
 * adapters wherever something is written. Then all that was written is searched.
 */
import { randomBytes } from 'node:crypto';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { AppError } from '#contract/errors.ts';
import { dynamoAudit } from '#core/aws/audit/audit.ts';
import { awsIdentity } from '#core/aws/identity.ts';
import { powertoolsLog } from '#core/aws/log.ts';
import { dynamoAttempts, dynamoStore } from '#core/aws/store/store.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import type { HttpAnswer } from '#core/http/message.ts';
import { serve } from '#core/http/serve.ts';
import type { Discovery } from '#core/ports/discovery.ts';
import { guard } from '#core/session/guard.ts';
import { connections } from '../../lambdas/connections/connections.ts';
import { listResources } from '../../lambdas/explorer/list-resources.ts';
import { claimInstance } from '../../lambdas/instance/claim-instance.ts';
import { readInstance } from '../../lambdas/instance/read-instance.ts';
import { objects } from '../../lambdas/objects/objects.ts';
import { query } from '../../lambdas/query/query.ts';
import { signOut } from '../../lambdas/session/sign-out.ts';
import { whoAmI } from '../../lambdas/session/who-am-i.ts';
import { signIn } from '../../lambdas/sign-in/sign-in.ts';
import { failingDatabases, fakeDatabases, noTags, ownKeys } from '../support/databases.ts';
import { startDynamo } from '../support/dynamo.ts';
import { memorySlots, ownDataKeys, stoppedClock } from '../support/ports.ts';
import { cookieHeader, request, textOf } from '../support/requests.ts';
import { resource } from '../support/resources.ts';

/** What must never be written. Made anew for each run, so that nothing but a leak can contain it. */
const random = (length: number) => randomBytes(length).toString('base64').replace(/[+/=]/g, 'x').slice(0, length);
const secrets = {
  accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: random(40),
  temporaryKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
  temporarySecret: random(40),
  sessionToken: random(1_200),
  password: random(24),
  statement: random(24),
};
const everything = Object.values(secrets).join(' ');

const sts = mockClient(STSClient);
const iam = mockClient(IAMClient);

/** An error as bad as the SDK's can be: its message quotes the whole signed request. */
const awsError = (name: string) => Object.assign(new Error(`${name}: ${everything}`), { name, $fault: 'client' });

function awsAnswers() {
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Arn: 'arn:aws:iam::111122223333:user/ada', Account: '111122223333', UserId: 'AIDAADA' });
  sts.on(GetSessionTokenCommand).resolves({
    Credentials: {
      AccessKeyId: secrets.temporaryKeyId,
      SecretAccessKey: secrets.temporarySecret,
      SessionToken: secrets.sessionToken,
      Expiration: new Date('2099-01-01'),
    },
  });
  iam.on(ListAccountAliasesCommand).resolves({ AccountAliases: ['harbour'] });
}

const written: string[] = [];
/** Bodies of answers, and cookies: the latter may hold secrets sealed, and must not hold them bare. */
const answered: string[] = [];
let dynamo: Awaited<ReturnType<typeof startDynamo>>;

beforeAll(async () => {
  dynamo = await startDynamo('lodge');
  for (const name of ['stdout', 'stderr'] as const)
    jest.spyOn(process[name], 'write').mockImplementation((line) => {
      written.push(String(line));
      return true;
    });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await dynamo[Symbol.asyncDispose]();
});

/** What happens below a route: a database and a discovery that work, or that fail as told. */
const below: { database?: unknown; discovery?: unknown } = {};

function lodge() {
  const { clock, pass } = stoppedClock();
  const store = dynamoStore(dynamo.documents, 'lodge', clock);
  const log = powertoolsLog();
  const audit = dynamoAudit({ client: dynamo.documents, table: 'lodge', log, clock });
  const attempts = dynamoAttempts(dynamo.documents, 'lodge', clock);
  const ports = { attempts, identity: awsIdentity, dataKeys: ownDataKeys(), store, audit, clock, log };
  const { databases: working } = fakeDatabases({
    run: async function* () {
      yield { type: 'started', handle: 'h', statements: 1 } as const;
      if (below.database) throw below.database;
    },
    cancel: async () => true,
  });
  const databases = new Proxy(working, {
    get: (_, name: keyof typeof working) => (below.discovery ? failingDatabases(below.discovery) : working)[name],
  });
  const discovery: Discovery = {
    list: async () => (below.discovery ? Promise.reject(below.discovery) : { resources: [resource()], lacking: [] }),
    ...noTags,
    markGlobalTables: async () => [],
    find: async () => (below.discovery ? Promise.reject(below.discovery) : resource()),
  };
  const environment = readEnvironment({ [ENV.accountId]: '111122223333' });
  const handlers = {
    signIn: signIn(ports, environment),
    whoAmI: whoAmI(),
    signOut: signOut(),
    instance: readInstance(ports),
    claim: claimInstance(ports, environment),
    resources: listResources({ ...ports, discovery, roles: ownKeys }),
    ...connections({ ...ports, discovery, databases, roles: ownKeys }),
    ...objects({ ...ports, databases }),
    ...query({ ...ports, slots: memorySlots().slots, databases }),
  };
  const app = serve(handlers, guard(ports), { log });
  const call = async (method: string, path: string, changes: Parameters<typeof request>[2] = {}) => {
    const answer: HttpAnswer = await app(request(method, path, changes));
    const text = await textOf(answer);
    answered.push(JSON.stringify(answer.headers), text, ...answer.cookies);
    return { status: answer.status, text, cookie: cookieHeader(answer) };
  };
  return { call, pass };
}

const { accessKeyId, secretAccessKey, sessionToken, temporaryKeyId, temporarySecret, password } = secrets;
const keys = { accessKeyId, secretAccessKey };
const login = { method: 'password', user: 'app', password };
const connecting = { resourceId: resource().id, login };
// The record of what is done holds statements. Their literals it holds where nobody has said otherwise.
const claiming = { name: 'Harbour', regions: ['eu-central-1'], audit: { redactLiterals: true } };
const statement = `select '${secrets.statement}'`;

/** Everything is written by now: each way to fail has been gone. */
test('signing in, working and failing', async () => {
  const { call, pass } = lodge();
  const statuses: number[] = [];
  const note = async (answer: ReturnType<typeof call>) => {
    const { status, text, cookie } = await answer;
    statuses.push(status);
    return { text, cookie };
  };

  awsAnswers();
  const { cookie } = await note(call('POST', '/api/session', { json: keys }));
  const headers = { cookie };
  await note(call('POST', '/api/instance', { headers, json: claiming }));
  await note(call('GET', '/api/session', { headers }));
  await note(call('POST', '/api/resources', { headers, json: {} }));
  const connected = await note(call('POST', '/api/connections', { headers, json: connecting }));
  const { connection } = JSON.parse(connected.text);
  await note(call('POST', '/api/query', { headers, json: { connection, statement } }));
  await note(call('POST', '/api/query/cancel', { headers, json: { connection, handle: 'h' } }));
  expect(statuses).toEqual([201, 201, 200, 200, 201, 200, 200]);
  expect(connected.text).toContain('connection');
  statuses.length = 0;

  // Keys of every wrong form, in every field.
  for (const json of [
    { accessKeyId: secretAccessKey, secretAccessKey: accessKeyId },
    { accessKeyId: [accessKeyId], secretAccessKey: { secretAccessKey } },
    { accessKeyId: temporaryKeyId, secretAccessKey: temporarySecret },
    { ...keys, sessionToken },
    { ...keys, sessionToken: sessionToken.repeat(9) },
    { [secretAccessKey]: secretAccessKey },
    [secretAccessKey],
    secretAccessKey,
  ])
    await note(call('POST', '/api/session', { json }));
  await note(call('POST', '/api/session', { body: `{"secretAccessKey": "${secretAccessKey}` }));
  await note(call('POST', '/api/session', { body: secretAccessKey.repeat(200_000) }));
  expect(statuses.every((status) => status === 400 || status === 413)).toBe(true);
  statuses.length = 0;

  // Every way in which AWS may refuse, and a way that nobody thought of.
  for (const name of [
    'InvalidClientTokenId',
    'SignatureDoesNotMatch',
    'ExpiredToken',
    'AccessDenied',
    'Throttling',
    'TypeError',
  ]) {
    sts.on(GetCallerIdentityCommand).rejects(awsError(name));
    await note(call('POST', '/api/session', { json: keys }));
    awsAnswers();
    sts.on(GetSessionTokenCommand).rejects(awsError(name));
    iam.on(ListAccountAliasesCommand).rejects(awsError(name));
    await note(call('POST', '/api/session', { json: keys }));
    awsAnswers();
  }
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Arn: 'arn:aws:iam::999988887777:user/eve', Account: '9', UserId: 'AIDAEVE' });
  await note(call('POST', '/api/session', { json: { ...keys, accessKeyId: temporaryKeyId, sessionToken } }));
  expect(statuses.every((status) => status >= 400)).toBe(true);
  statuses.length = 0;

  // Everything below a route fails, as ours and as nobody's, and quotes what it can.
  const failures = [
    new Error(everything),
    new AppError('LOGIN_FAILED', { cause: new Error(everything) }),
    new AppError('INTERNAL', { cause: new Error(everything) }),
    awsError('AccessDenied'),
    everything,
  ];
  for (const failure of failures) {
    below.discovery = failure;
    await note(call('POST', '/api/resources', { headers, json: {} }));
    await note(call('POST', '/api/connections', { headers, json: connecting }));
    await note(call('POST', '/api/objects/names', { headers, json: { connection } }));
    delete below.discovery;
    below.database = failure;
    await note(call('POST', '/api/query', { headers, json: { connection, statement } }));
    delete below.database;
  }
  await note(call('POST', '/api/query', { headers, json: { connection: password, statement } }));
  await note(
    call('POST', '/api/connections', {
      headers,
      json: { resourceId: [password], login: { method: password, user: { password } } },
    }),
  );

  // Tokens that are none, and one that has ended.
  await note(call('GET', '/api/session', { headers: { authorization: `Bearer ${sessionToken}` } }));
  await note(call('GET', `/api/${secretAccessKey}`, { query: { [secretAccessKey]: password } }));
  await note(call('POST', '/api/resources', { headers, json: { regions: [`${password}!`] } }));
  pass(7_200);
  await note(call('GET', '/api/session', { headers }));
  await note(call('DELETE', '/api/session', { headers }));
  expect(statuses).toContain(500);
  expect(statuses.slice(-5)).toEqual([401, 404, 400, 401, 204]);
});

const leaks = (text: string): string[] =>
  Object.entries(secrets).flatMap(([name, secret]) => {
    // In part is a leak too: the first half of a secret is worth hiding.
    const part = secret.slice(0, Math.min(16, secret.length));
    const spellings = [part, encodeURIComponent(part), Buffer.from(secret).toString('base64').slice(0, 20)];
    return spellings.some((spelling) => text.includes(spelling)) ? [name] : [];
  });

test('the search finds what it is meant to find', () => {
  expect(leaks(`… ${secrets.password} …`)).toEqual(['password']);
  expect(leaks(Buffer.from(secrets.sessionToken).toString('base64'))).toEqual(['sessionToken']);
});

test('no line of the log holds a key, a secret, a token, a password or a literal', () => {
  const text = written.join('');
  expect(text.split('\n').length).toBeGreaterThan(40);
  expect(text).toContain('"code":"INTERNAL"');
  expect(leaks(text)).toEqual([]);
});

test('no answer holds one', () => {
  expect(answered.length).toBeGreaterThan(100);
  expect(leaks(answered.join('\n'))).toEqual([]);
});

test('no stored item holds one', async () => {
  const items = await dynamo.items();
  const partitions = new Set(items.map(({ pk }) => String(pk).split('#')[0]));
  expect([...partitions].sort()).toEqual(['ATTEMPTS', 'AUDIT', 'INSTANCE', 'USERS']);
  expect(items.filter(({ kind }) => kind === 'statement').length).toBeGreaterThan(5);
  expect(items.filter(({ kind }) => kind === 'sign-in').length).toBeGreaterThan(10);
  expect(leaks(JSON.stringify(items))).toEqual([]);
});

test('what is sealed cannot be read: neither cookies nor connection tokens hold one in any part', () => {
  const tokens = answered.flatMap((text) =>
    [...text.matchAll(/[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/g)].map(([token]) => token),
  );
  expect(tokens.length).toBeGreaterThan(1);
  for (const token of tokens)
    for (const part of token.split('.')) expect(leaks(Buffer.from(part, 'base64url').toString('latin1'))).toEqual([]);
});
