/**
 * The function inside a VPC, through which a private database is reached, cannot be called, dies, falls silent or talks
 * nonsense: the user is told that it was the connector and not the database, nothing stays open at the database, the record
 * has its end, and the next request works.
 */
import { Readable } from 'node:stream';
import pg from 'pg';
import type { ErrorCode } from '#contract/errors.ts';
import { packByZstd } from '#core/http/compress.ts';
import { ACCOUNT_ID, CONNECTOR } from '#core/local/account/principals.ts';
import { Fault } from '#core/local/aws/fault.ts';
import type { LocalFunction } from '#core/local/aws/lambda.ts';
import { type LocalConnector, localConnector } from '#core/local/connector/local-connector.ts';
import { NETWORKS } from '#core/local/demo/networks.ts';
import { payroll } from '#core/local/demo/payroll.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { claimedInstance } from '../support/ports.ts';
import { jsonOf } from '../support/requests.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';
import { ask as askAt, endOf, leave, refusalOf, SOON, settled, trailOf } from './asking.ts';
import { type AwsFault, awsTrouble } from './aws-faults.ts';

const stack = new AsyncDisposableStack();
const trouble = awsTrouble();
let connector: LocalConnector;
/** In the place of the function; undefined: it does what it should. */
let instead: LocalFunction | undefined;
let whole: Whole;
let admin: pg.Client;
let cookie: string;
let connection: string;

const APP = 'app';

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder());
  connector = stack.use(localConnector({ log: `${folder.path}/connector.log` }));
  whole = stack.use(
    await startWhole({
      demos: [payroll],
      around: trouble.around,
      connectors: {
        networks: NETWORKS,
        functions: { [CONNECTOR]: (operation) => (instead ?? connector.call)(operation) },
      },
    }),
  );
  await whole.ports.store.claim({ ...claimedInstance, regions: ['eu-central-1'] }, userOf('ada'));
  if (!whole.postgres) throw new Error('There is no PostgreSQL.');
  admin = new pg.Client({ ...whole.postgres.admin, database: 'payroll' });
  await admin.connect();
  stack.defer(() => admin.end());
  cookie = await whole.sessionOf('ada');
  connection = (await jsonOf(await connect())).connection;
}, 60_000);
afterAll(() => stack.disposeAsync());

const ask = (path: string, json: object, within?: number) => askAt(whole, 'POST', path, json, { by: cookie, within });
const connect = (within?: number) => {
  const login = { method: 'password', user: APP, password: whole.postgres?.passwords[APP] };
  return ask('/api/connections', { resourceId: `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:payroll`, login }, within);
};
const run = (statement: string, within?: number) => ask('/api/query', { connection, statement }, within);

/** How many of our user's connections the database has. */
const backends = async (): Promise<number> =>
  (await admin.query('select 1 from pg_stat_activity where usename = $1', [APP])).rowCount ?? 0;

/** How the last deed of a kind ended; a reader who has left waits for no record. */
async function lastOf(kind: string): Promise<string> {
  for (;;) {
    const { outcome, code = '' } = (await trailOf(whole, cookie)).findLast((entry) => entry.kind === kind) ?? {};
    if (outcome !== 'begun') return `${outcome} ${code}`.trim();
  }
}

/** The time of a function that is over cuts what was under way; everything else here fails. */
function endedBy(code: ErrorCode | undefined): string {
  if (!code) return 'succeeded';
  return `${code === 'STATEMENT_TIMEOUT' ? 'cut' : 'failed'} ${code}`;
}

afterEach(async () => {
  trouble.end();
  instead = undefined;
  expect(await endOf(await run('select 1'))).toBeUndefined();
  await settled(backends);
  await settled(trouble.underWay);
});

/** What the service of functions says, or does not. */
const CALLING: readonly (readonly [AwsFault, ErrorCode | undefined])[] = [
  ['fails', 'CONNECTOR_FAILED'],
  ['throttles', 'THROTTLED'],
  ['is slow', undefined],
  ['is silent', 'STATEMENT_TIMEOUT'],
  ['breaks off', 'CONNECTOR_FAILED'],
];

describe('the service of functions', () => {
  const isCall = ({ service }: { service: string }) => service === 'lambda';
  const within = (fault: AwsFault) => (fault === 'is silent' ? SOON : undefined);

  test.each(CALLING)('%s, at a connection: the answer is %s', async (fault, code) => {
    trouble.begin(fault, isCall);
    expect(await refusalOf(await connect(within(fault)))).toBe(code);
    expect(await lastOf('connection')).toBe(endedBy(code));
  });

  test.each(CALLING)('%s, at a statement: the answer is %s', async (fault, code) => {
    trouble.begin(fault, isCall);
    expect(await endOf(await run('select 2', within(fault)))).toBe(code);
    expect(await lastOf('statement')).toBe(endedBy(code));
  });

  test.each([
    ['has no such function', new Fault('noResource', 'Function not found'), /is not there[.]/],
    ['does not allow the call', new Fault('denied', 'not authorized'), /may not be called/],
  ])('%s: the answer names the network, and who can mend it', async (_how, fault, message) => {
    trouble.begin(fault, isCall);
    const answer = await jsonOf(await run('select 2'));
    expect(answer).toMatchObject({
      code: 'CONNECTOR_FAILED',
      message: expect.stringMatching(message),
      details: { hint: expect.stringContaining('deploy') },
    });
    expect(answer.message).toContain('“private”');
    expect(await lastOf('statement')).toBe('failed CONNECTOR_FAILED');
  });
});

const packed = (text: string) => packByZstd(Readable.from([text]));

/** What the function does in place of its work, and what is said of it. */
const FUNCTIONS: Readonly<Record<string, readonly [LocalFunction, RegExp]>> = {
  'ends before it answers': [() => Promise.reject(new Error('of this test')), /crashed/],
  'answers with a page': [async () => Readable.from([Buffer.from('<h1>It works!</h1>')]), /cut off its answer/],
  'answers what nobody understands': [async () => packed('{"type":"unheard of"}\n'), /of different builds/],
  'answers half a line': [async () => packed('{"type":"heartbeat"}\n{"type":"op'), /cut off its answer/],
  'answers nothing': [async () => Readable.from([]), /cut off its answer/],
};

describe('the function', () => {
  test.each(Object.keys(FUNCTIONS))('%s', async (what) => {
    const [does, message] = FUNCTIONS[what] ?? [];
    instead = does;
    for (const answer of [await connect(), await run('select 2')]) {
      const text = JSON.stringify(await jsonOf(answer));
      expect(answer.status).toBe(502);
      expect(text).toMatch(message ?? '');
      expect(text).toContain('CONNECTOR_FAILED');
    }
    expect(await lastOf('connection')).toBe('failed CONNECTOR_FAILED');
    expect(await lastOf('statement')).toBe('failed CONNECTOR_FAILED');
  });

  test('is slow, and all of it comes', async () => {
    instead = async (operation) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return connector.call(operation);
    };
    expect(await refusalOf(await connect())).toBeUndefined();
    expect(await endOf(await run('select 2'))).toBeUndefined();
  });
});

describe('in the middle of a stream', () => {
  const ROWS = 'select id, repeat(md5(id::text), 8) from generate_series(1, 300000) id';
  const send = async (signal: NodeJS.Signals) => process.kill((await connector.pid()) ?? Number.NaN, signal);

  test('the function dies: it is said to have crashed, and the next call starts another', async () => {
    const before = await connector.pid();
    expect(await endOf(await run(ROWS), () => send('SIGKILL'))).toBe('CONNECTOR_FAILED');
    expect(await lastOf('statement')).toBe('failed CONNECTOR_FAILED');
    expect(await endOf(await run('select 2'))).toBeUndefined();
    expect(await connector.pid()).not.toBe(before);
  });

  test('the function stands still: the stream ends with the time of its caller', async () => {
    expect(await endOf(await run(ROWS, 1_500), () => send('SIGSTOP'))).toBe('STATEMENT_TIMEOUT');
    expect(await lastOf('statement')).toBe('cut STATEMENT_TIMEOUT');
    await send('SIGCONT');
  });

  test('the database ends the connection: it is the database that is said to have done it', async () => {
    const ends = () => admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [APP]);
    expect(await endOf(await run(ROWS), ends)).toBe('DATABASE_LOST');
    expect(await lastOf('statement')).toBe('failed DATABASE_LOST');
  });

  test('the reader leaves: the function is told to stop the statement', async () => {
    await leave(await run(ROWS));
    expect(await lastOf('statement')).toBe('cut');
  });
});
