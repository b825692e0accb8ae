/**
 * What stands around Lodge fails, slows down, throttles, falls silent, or dies in the middle: in each case the user is told
 * what it was, nothing stays open, and the next call works again without a restart.
 */
import pg from 'pg';
import type { ErrorCode } from '#contract/errors.ts';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import type { VerifiedCall } from '#core/local/aws/start-aws-endpoint.ts';
import { shop } from '#core/local/demo/shop.ts';
import { type FaultProxy, type NetworkFault, startFaultProxy } from '../support/fault-proxy.ts';
import { claimedInstance } from '../support/ports.ts';
import { jsonOf, recordsOf } from '../support/requests.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';
import { ask as askAt, endOf, type How, leave, refusalOf, SOON, settled, trailOf } from './asking.ts';
import { AWS_FAULTS, type AwsFault, awsTrouble } from './aws-faults.ts';

const trouble = awsTrouble();
const stack = new AsyncDisposableStack();
let whole: Whole;
let network: FaultProxy;
let door: FaultProxy;
let admin: pg.Client;
/** A session whose data key this process has unwrapped already, and a connection of it. */
let cookie: string;
let connection: string;

const APP = 'app';

beforeAll(async () => {
  whole = stack.use(
    await startWhole({
      demos: [shop],
      around: trouble.around,
      async between(url) {
        network = await startFaultProxy({ host: '127.0.0.1', port: Number(new URL(url).port) });
        return { url: `http://127.0.0.1:${network.port}`, [Symbol.asyncDispose]: () => network[Symbol.asyncDispose]() };
      },
      async front(port) {
        door = await startFaultProxy({ host: '127.0.0.1', port });
        return door;
      },
    }),
  );
  await whole.ports.store.claim({ ...claimedInstance, regions: ['eu-central-1'] }, userOf('ada'));
  if (!whole.postgres) throw new Error('There is no PostgreSQL.');
  admin = new pg.Client({ ...whole.postgres.admin, database: 'shop' });
  await admin.connect();
  stack.defer(() => admin.end());
  cookie = await whole.sessionOf('ada');
  const connected = await ask('POST', '/api/connections', connecting());
  expect(await jsonOf(connected)).toMatchObject({ user: APP });
  connection = (await jsonOf(connected)).connection;
}, 60_000);
afterAll(() => stack.disposeAsync());

const connecting = () => ({
  resourceId: `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:shop`,
  login: { method: 'password', user: APP, password: whole.postgres?.passwords[APP] },
});

const ask = (method: string, path: string, json?: unknown, { by = cookie, within }: Partial<How> = {}) =>
  askAt(whole, method, path, json, { by, within });

const signIn = (within?: number) => ask('POST', '/api/session', whole.registry.longTerm('ada'), { within });

/** A place of AWS, the request that needs it, and what it says where that place has a fault. */
interface Place {
  readonly name: string;
  readonly matches: (call: VerifiedCall) => boolean;
  readonly work: (within?: number) => ReturnType<typeof ask>;
}

const PLACES: readonly Place[] = [
  { name: 'STS', matches: ({ service }) => service === 'sts', work: signIn },
  { name: 'KMS at a sign-in', matches: ({ operation }) => operation === 'GenerateDataKey', work: signIn },
  {
    name: 'KMS at a session that this function has not seen',
    matches: ({ operation }) => operation === 'Decrypt',
    work: async (within) => ask('GET', '/api/session', undefined, { by: await whole.sessionOf('ada'), within }),
  },
  {
    name: 'the table at a request',
    matches: ({ service }) => service === 'dynamodb',
    work: (within) => ask('GET', '/api/session', undefined, { within }),
  },
  { name: 'the table at a sign-in', matches: ({ service }) => service === 'dynamodb', work: signIn },
  {
    name: 'RDS at a connection',
    matches: ({ service }) => service === 'rds',
    work: (within) => ask('POST', '/api/connections', connecting(), { within }),
  },
  {
    name: 'Secrets Manager at a connection',
    matches: ({ service }) => service === 'secretsmanager',
    work: (within) => ask('POST', '/api/connections', { ...connecting(), login: { method: 'secret' } }, { within }),
  },
];

const SAID: Readonly<Record<AwsFault, ErrorCode | undefined>> = {
  fails: 'AWS_UNAVAILABLE',
  throttles: 'THROTTLED',
  'is slow': undefined,
  'is silent': 'STATEMENT_TIMEOUT',
  'breaks off': 'AWS_UNAVAILABLE',
};

describe.each(PLACES)('$name', ({ matches, work }) => {
  test.each(Object.entries(SAID))('%s: the answer is %s, and the next one is as ever', async (fault, code) => {
    trouble.begin(fault as AwsFault, matches);
    expect(await refusalOf(await work(fault === 'is silent' ? SOON : undefined))).toBe(code);
    trouble.end();
    expect(await refusalOf(await work())).toBeUndefined();
  });
});

describe('what only decorates', () => {
  test.each(Object.keys(AWS_FAULTS))(
    'the alias of the account: IAM %s, and one signs in all the same',
    async (fault) => {
      trouble.begin(fault as AwsFault, ({ service }) => service === 'iam');
      const answer = await ask('POST', '/api/session', whole.registry.longTerm('ada'));
      trouble.end();
      expect(answer.status).toBe(201);
    },
  );
});

describe('a region', () => {
  test.each([
    ['fails', 'failed'],
    ['throttles', 'throttled'],
    ['is slow', 'ok'],
  ] as const)('%s: its record says so, the other regions answer, and the stream ends', async (fault, status) => {
    trouble.begin(fault, ({ region, service }) => region === 'eu-west-1' && service === 'rds');
    const answer = await ask('POST', '/api/resources', { regions: ['eu-central-1', 'eu-west-1'] });
    const records = await recordsOf(answer);
    trouble.end();
    const of = (region: string) => records.find((each) => each.service === 'rds' && each.region === region);
    expect(of('eu-west-1')).toMatchObject({ status });
    expect(of('eu-central-1')).toMatchObject({ status: 'ok', resources: [{ name: 'shop' }] });
    expect(records.at(-1)).toMatchObject({ type: 'end' });
  });

  test('is silent until the time of the function is over: the last record says so, and no call goes on', async () => {
    trouble.begin('is silent', ({ region }) => region === 'eu-west-1');
    const regions = ['eu-central-1', 'eu-west-1'];
    const records = await recordsOf(await ask('POST', '/api/resources', { regions }, { within: 1_000 }));
    trouble.end();
    expect(records.some(({ region, status }) => region === 'eu-central-1' && status === 'ok')).toBe(true);
    expect(records.at(-1)).toMatchObject({ type: 'error', error: { code: 'STATEMENT_TIMEOUT' } });
    await settled(trouble.underWay);
  });
});

/** How the way to AWS fails, whatever is asked of it. */
const TO_AWS: readonly (readonly [string, NetworkFault, ErrorCode | undefined])[] = [
  ['refuses connections', { kind: 'refused' }, 'AWS_UNAVAILABLE'],
  ['answers with the page of a proxy', { kind: 'page' }, 'AWS_UNAVAILABLE'],
  ['breaks off in the middle of an answer', { kind: 'cut', afterBytes: 100 }, 'AWS_UNAVAILABLE'],
  ['stalls in the middle of an answer', { kind: 'stalled', afterBytes: 100 }, 'STATEMENT_TIMEOUT'],
  ['swallows packets', { kind: 'silent' }, 'STATEMENT_TIMEOUT'],
  ['is slow', { kind: 'slow', ms: 30 }, undefined],
];

describe('the network to AWS', () => {
  test.each(TO_AWS)('%s, at a sign-in', async (_how, fault, code) => {
    network.fail(fault);
    expect(await refusalOf(await signIn(code === 'STATEMENT_TIMEOUT' ? SOON : undefined))).toBe(code);
    network.fail(undefined);
    expect(await refusalOf(await signIn())).toBeUndefined();
  });

  test.each(TO_AWS)('%s, at a request', async (_how, fault, code) => {
    network.fail(fault);
    const within = code === 'STATEMENT_TIMEOUT' ? SOON : undefined;
    expect(await refusalOf(await ask('GET', '/api/session', undefined, { within }))).toBe(code);
    network.fail(undefined);
    expect(await refusalOf(await ask('GET', '/api/session'))).toBeUndefined();
  });
});

/** The record as it is now. */
const trail = () => trailOf(whole, cookie);

/** How many of our user's connections the database has. */
const backends = async (): Promise<number> =>
  (await admin.query('select 1 from pg_stat_activity where usename = $1', [APP])).rowCount ?? 0;

const ROWS = 'select id, repeat(md5(id::text), 8) from generate_series(1, 2000000) id';

/** How a script ends that runs while something happens to the database once rows have come. */
const during = async (happening: () => unknown, { within = 20_000, statement = ROWS } = {}) =>
  endOf(await ask('POST', '/api/query', { connection, statement }, { within }), happening);

const works = async () => {
  const answer = await ask('POST', '/api/query', { connection, statement: 'select 1' });
  expect((await recordsOf(answer)).at(-1)).toMatchObject({ type: 'end' });
};

describe('the database', () => {
  afterEach(async () => {
    door.fail(undefined);
    await works();
    await settled(backends);
    await settled(door.open);
  });

  const connect = (within?: number) => ask('POST', '/api/connections', connecting(), { within });

  test.each([
    ['refuses connections', { kind: 'refused' }, 'DATABASE_UNREACHABLE'],
    ['swallows packets until the time is over', { kind: 'silent' }, 'STATEMENT_TIMEOUT'],
    ['breaks off in the middle of the login', { kind: 'cut', afterBytes: 1_000 }, 'DATABASE_UNREACHABLE'],
    ['stalls in the middle of the login', { kind: 'stalled', afterBytes: 1_000 }, 'STATEMENT_TIMEOUT'],
    ['is slow', { kind: 'slow', ms: 20 }, undefined],
  ] as const)('%s, at a connection: %j', async (_how, fault, code) => {
    door.fail(fault);
    expect(await refusalOf(await connect(code === 'STATEMENT_TIMEOUT' ? SOON : undefined))).toBe(code);
  });

  test('has no connection left to give', async () => {
    await admin.query(`alter role ${APP} connection limit 0`);
    const answer = await connect();
    await admin.query(`alter role ${APP} connection limit -1`);
    expect(await refusalOf(answer)).toBe('DATABASE_UNREACHABLE');
  });

  test('dies in the middle of a stream: its last record says so', async () => {
    const dies = () => admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [APP]);
    expect(await during(dies)).toBe('DATABASE_LOST');
  });

  test('is cut off in the middle of a stream', async () => {
    expect(await during(() => door.fail({ kind: 'cut', afterBytes: 0 }))).toBe('DATABASE_LOST');
  });

  test('falls silent in the middle of a stream: it ends with the time of the function', async () => {
    const fallsSilent = () => door.fail({ kind: 'stalled', afterBytes: 0 });
    expect(await during(fallsSilent, { within: 1_500 })).toBe('STATEMENT_TIMEOUT');
  });

  test('is slow in the middle of a stream, and all of it comes', async () => {
    const statement = 'select id, repeat(md5(id::text), 8) from generate_series(1, 5000) id';
    expect(await during(() => door.fail({ kind: 'slow', ms: 5 }), { statement })).toBeUndefined();
  });

  test('is left by the reader in the middle of a stream', async () => {
    await leave(await ask('POST', '/api/query', { connection, statement: ROWS }));
  });
});

test('of all that was done no record is lost, and each has an end', async () => {
  // A reader who left waits for nothing, and the search itself has begun.
  await settled(async () => (await trail()).filter(({ outcome }) => outcome === 'begun').length - 1);
  const ended = (await trail()).filter(({ outcome }) => outcome !== 'begun');
  const statements = ended.filter(({ kind }) => kind === 'statement');
  expect(statements.length).toBeGreaterThanOrEqual(5);
  const seen = statements.map(({ outcome, code }) => `${outcome} ${code ?? ''}`.trim());
  for (const how of ['succeeded', 'failed DATABASE_LOST', 'cut']) expect(seen.join('\n')).toContain(how);
  const connections = ended.filter(({ kind }) => kind === 'connection').map(({ code }) => code);
  expect(connections).toEqual(
    expect.arrayContaining(['DATABASE_UNREACHABLE', 'AWS_UNAVAILABLE', 'THROTTLED', undefined]),
  );
});

test('in the end nothing is open or under way', async () => {
  await settled(backends);
  await settled(door.open);
  await settled(trouble.underWay);
  // What is left of AWS's sockets is the pool's, for the next calls.
  expect(network.open()).toBeLessThan(60);
});
