/**
 * What stands around Lodge fails, slows down, throttles, falls silent, or dies in the middle: in each case the user is told
 * what it was, nothing stays open, and the next call works again without a restart.
 */
import pg from 'pg';
import { AppError, ERRORS, type ErrorCode } from '#contract/errors.ts';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import { Fault } from '#core/local/aws/fault.ts';
import type { RawAnswer } from '#core/local/aws/service.ts';
import type { VerifiedCall } from '#core/local/aws/start-aws-endpoint.ts';
import { shop } from '#core/local/demo/shop.ts';
import { type FaultProxy, type NetworkFault, startFaultProxy } from './support/fault-proxy.ts';
import { claimedInstance } from './support/ports.ts';
import { jsonOf, recordsOf, request } from './support/requests.ts';
import { startWhole, userOf, type Whole } from './support/whole.ts';

/** How AWS fails, by the words of its protocols. */
const AWS_FAULTS = {
  fails: async () => {
    throw new Fault('unavailable', 'It is down.');
  },
  throttles: async () => {
    throw new Fault('throttled', 'Rate exceeded');
  },
  'is slow': async (_call: VerifiedCall, answer: () => Promise<RawAnswer>) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return answer();
  },
  'is silent': ({ left }: VerifiedCall) =>
    new Promise<RawAnswer>((_, reject) => left.addEventListener('abort', () => reject(new Error('The caller left.')))),
} satisfies Record<string, (call: VerifiedCall, answer: () => Promise<RawAnswer>) => Promise<RawAnswer>>;
type AwsFault = keyof typeof AWS_FAULTS;

/** Which calls of AWS have which fault now. */
let trouble: { readonly matches: (call: VerifiedCall) => boolean; readonly fault: AwsFault } | undefined;
/** Calls of AWS that have no answer yet. */
let underWay = 0;

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
      async around(call, answer) {
        underWay += 1;
        try {
          return trouble?.matches(call) ? await AWS_FAULTS[trouble.fault](call, answer) : await answer();
        } finally {
          underWay -= 1;
        }
      },
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

interface Asking {
  readonly by?: string;
  readonly within?: number | undefined;
}

/** A request whose function has so many milliseconds until it must say something. */
function ask(method: string, path: string, json?: unknown, { by = cookie, within = 20_000 }: Asking = {}) {
  const time = new AbortController();
  const message = 'The time of the function was over.';
  setTimeout(() => time.abort(new AppError('STATEMENT_TIMEOUT', { message })), within).unref();
  return whole.serve(request(method, path, { json, headers: { cookie: by }, signal: time.signal }));
}

/** What an answer says is wrong; undefined: nothing. */
async function refusalOf(answer: Awaited<ReturnType<typeof ask>>): Promise<ErrorCode | undefined> {
  if (answer.status < 400) return undefined;
  const { code, message, requestId } = await jsonOf(answer);
  expect(answer.status).toBe(ERRORS[code as ErrorCode][0]);
  expect(message).toMatch(/^[A-Z].*[.]$/s);
  expect(message).not.toMatch(/ECONN|socket|at .*:\d+:\d+|Error:/);
  expect(requestId).toBe('request-1');
  return code;
}

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

/** The time of a function that waits for somebody who is silent, in milliseconds. */
const SOON = 700;

const SAID: Readonly<Record<AwsFault, ErrorCode | undefined>> = {
  fails: 'AWS_UNAVAILABLE',
  throttles: 'THROTTLED',
  'is slow': undefined,
  'is silent': 'STATEMENT_TIMEOUT',
};

describe.each(PLACES)('$name', ({ matches, work }) => {
  test.each(Object.entries(SAID))('%s: the answer is %s, and the next one is as ever', async (fault, code) => {
    trouble = { matches, fault: fault as AwsFault };
    expect(await refusalOf(await work(fault === 'is silent' ? SOON : undefined))).toBe(code);
    trouble = undefined;
    expect(await refusalOf(await work())).toBeUndefined();
  });
});

describe('what only decorates', () => {
  test.each(Object.keys(AWS_FAULTS))(
    'the alias of the account: IAM %s, and one signs in all the same',
    async (fault) => {
      trouble = { matches: ({ service }) => service === 'iam', fault: fault as AwsFault };
      const answer = await ask('POST', '/api/session', whole.registry.longTerm('ada'));
      trouble = undefined;
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
    trouble = { matches: ({ region, service }) => region === 'eu-west-1' && service === 'rds', fault };
    const answer = await ask('POST', '/api/resources', { regions: ['eu-central-1', 'eu-west-1'] });
    const records = await recordsOf(answer);
    trouble = undefined;
    const of = (region: string) => records.find((each) => each.service === 'rds' && each.region === region);
    expect(of('eu-west-1')).toMatchObject({ status });
    expect(of('eu-central-1')).toMatchObject({ status: 'ok', resources: [{ name: 'shop' }] });
    expect(records.at(-1)).toMatchObject({ type: 'end' });
  });

  test('is silent until the time of the function is over: the last record says so, and no call goes on', async () => {
    trouble = { matches: ({ region }) => region === 'eu-west-1', fault: 'is silent' };
    const regions = ['eu-central-1', 'eu-west-1'];
    const records = await recordsOf(await ask('POST', '/api/resources', { regions }, { within: 1_000 }));
    trouble = undefined;
    expect(records.some(({ region, status }) => region === 'eu-central-1' && status === 'ok')).toBe(true);
    expect(records.at(-1)).toMatchObject({ type: 'error', error: { code: 'STATEMENT_TIMEOUT' } });
    await settled(() => underWay);
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

/** How many of our user's connections the database has. */
const backends = async (): Promise<number> =>
  (await admin.query('select 1 from pg_stat_activity where usename = $1', [APP])).rowCount ?? 0;

/** Waits until nothing is left; a test's own time ends it where something is. */
async function settled(count: () => number | Promise<number>): Promise<void> {
  while ((await count()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

const ROWS = 'select id, repeat(md5(id::text), 8) from generate_series(1, 2000000) id';

/** The last record of a script that runs while something happens to the database once rows have come. */
async function during(happening: () => unknown, { within = 20_000, statement = ROWS } = {}) {
  const answer = await ask('POST', '/api/query', { connection, statement }, { within });
  if (answer.status >= 400) return { type: 'error', error: await jsonOf(answer) };
  let text = '';
  let seen = false;
  for await (const piece of answer.body as AsyncIterable<string | Uint8Array>) {
    const line = typeof piece === 'string' ? piece : new TextDecoder().decode(piece);
    if (!seen && line.includes('"rows"')) {
      seen = true;
      await happening();
    }
    text = line.trim() ? line : text;
  }
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
}

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
    const last = await during(() =>
      admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [APP]),
    );
    expect(last).toMatchObject({ type: 'error', error: { code: 'DATABASE_LOST' } });
  });

  test('is cut off in the middle of a stream', async () => {
    expect(await during(() => door.fail({ kind: 'cut', afterBytes: 0 }))).toMatchObject({
      type: 'error',
      error: { code: 'DATABASE_LOST' },
    });
  });

  test('falls silent in the middle of a stream: it ends with the time of the function', async () => {
    const last = await during(() => door.fail({ kind: 'stalled', afterBytes: 0 }), { within: 1_500 });
    expect(last).toMatchObject({ type: 'error', error: { code: 'STATEMENT_TIMEOUT' } });
  });

  test('is slow in the middle of a stream, and all of it comes', async () => {
    const statement = 'select id, repeat(md5(id::text), 8) from generate_series(1, 5000) id';
    expect(await during(() => door.fail({ kind: 'slow', ms: 5 }), { statement })).toMatchObject({ type: 'end' });
  });

  test('is left by the reader in the middle of a stream', async () => {
    const { body } = await ask('POST', '/api/query', { connection, statement: ROWS });
    for await (const piece of body as AsyncIterable<string | Uint8Array>)
      if (String(piece).length > 10_000 || piece instanceof Uint8Array) break;
  });
});

test('of all that was done no record is lost, and each has an end', async () => {
  const records = await recordsOf(await ask('POST', '/api/audit', {}));
  const entries = records.flatMap((record) => (record.type === 'entry' ? [record.entry] : []));
  expect(records.at(-1)).toMatchObject({ type: 'end' });
  const ended = entries.filter(({ outcome }) => outcome !== 'begun');
  // The search itself has begun.
  expect(entries.length - ended.length).toBeLessThanOrEqual(1);
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
  await settled(() => underWay);
  // What is left of AWS's sockets is the pool's, for the next calls.
  expect(network.open()).toBeLessThan(60);
});
