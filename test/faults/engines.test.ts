/**
 * Databases of every kind fail, slow down, fall silent, or die in the middle, as `aws.test.ts` shows of PostgreSQL: each
 * case ends with a code and a sentence, leaves nothing open, has a record with its end, and is over with the next request.
 */
import { MongoClient } from 'mongodb';
import { createConnection } from 'mysql2/promise';
import type { AuditOutcome } from '#contract/audit.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import { bookings } from '#core/local/demo/bookings.ts';
import { catalog } from '#core/local/demo/catalog.ts';
import { type FaultProxy, type NetworkFault, startFaultProxy } from '../support/fault-proxy.ts';
import { describeWith } from '../support/machine.ts';
import { claimedInstance } from '../support/ports.ts';
import { jsonOf } from '../support/requests.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';
import { ask as askAt, endOf, leave, refusalOf, SOON, settled, trailOf } from './asking.ts';
import { type AwsFault, awsTrouble } from './aws-faults.ts';

const stack = new AsyncDisposableStack();
const trouble = awsTrouble();
const doors = new Map<string, FaultProxy>();
/** Where each database is in truth. */
const ports = new Map<string, number>();
let whole: Whole;
let cookie: string;
/** What was done since the last look at the record, and how it ended. */
let done: string[] = [];

beforeAll(async () => {
  whole = stack.use(
    await startWhole({
      demos: [bookings, catalog],
      dynamoDbLocal: true,
      around: trouble.around,
      async front(port, identifier) {
        const door = await startFaultProxy({ host: '127.0.0.1', port });
        doors.set(identifier, door);
        ports.set(identifier, port);
        return door;
      },
    }),
  );
  await whole.ports.store.claim({ ...claimedInstance, regions: ['eu-central-1'] }, userOf('ada'));
  cookie = await whole.sessionOf('ada');
}, 120_000);
afterAll(() => stack.disposeAsync());

const ask = (path: string, json: object, within?: number) => askAt(whole, 'POST', path, json, { by: cookie, within });

/** A function whose time is over, and a reader who leaves, cut what was under way. */
const OUTCOMES: Partial<Record<ErrorCode, AuditOutcome>> = { STATEMENT_TIMEOUT: 'cut' };
function note(kind: 'connection' | 'statement', code: ErrorCode | undefined): ErrorCode | undefined {
  done.push(`${kind} ${code ? `${OUTCOMES[code] ?? 'failed'} ${code}` : 'succeeded'}`);
  return code;
}

/** The record has each deed of the test before, in its order and with its end. */
async function allRecorded(): Promise<void> {
  const expected = done;
  done = [];
  const ofThisTest = async () =>
    (await trailOf(whole, cookie)).filter(({ kind }) => /^(connection|statement)$/.test(kind)).slice(-expected.length);
  // A reader who has left waits for no record.
  await settled(async () => (await ofThisTest()).filter(({ outcome }) => outcome === 'begun').length);
  const ended = (await ofThisTest()).map(({ kind, outcome, code = '' }) => `${kind} ${outcome} ${code}`.trim());
  expect(ended).toEqual(expected);
}

interface Subject {
  readonly resourceId: string;
  readonly database: string;
  /** The identifier of what listens. */
  readonly door: string;
  readonly rows: string;
  readonly few: string;
  /** Puts more into it than a function reads ahead: 16 lines of up to 256 KB. */
  prepare?(): Promise<void>;
  /** How many connections of ours the server has. */
  connections(): Promise<number>;
  /** The server ends what we have there, where it can be asked to. */
  ends?(): Promise<void>;
}

const ARN = `arn:aws:rds:eu-central-1:${ACCOUNT_ID}`;

/** The very user of the secret, past the door. */
function secretOf(secretArn = '') {
  const { value } = whole.holdings.secrets.find(({ arn }) => arn === secretArn)?.versions[0] ?? {};
  return JSON.parse(String(value)) as { readonly username: string; readonly password: string };
}

async function atMariaDb<T>(look: (client: Awaited<ReturnType<typeof createConnection>>) => Promise<T>): Promise<T> {
  const found = whole.holdings.instances.find(({ identifier }) => identifier === 'bookings');
  const { username: user, password } = secretOf(found?.secretArn);
  const ssl = { ca: whole.authority };
  const client = await createConnection({ host: 'localhost', port: ports.get('bookings') ?? 0, user, password, ssl });
  try {
    return await look(client);
  } finally {
    await client.end();
  }
}

async function fillDocuments(): Promise<void> {
  const auth = secretOf(whole.holdings.clusters.find(({ identifier }) => identifier === 'catalog')?.secretArn);
  const uri = `mongodb://localhost:${ports.get('catalog')}/?directConnection=true&authSource=admin`;
  const client = new MongoClient(uri, { auth, tls: true, ca: whole.authority });
  try {
    const note = 'some text of a document. '.repeat(800);
    const documents = Array.from({ length: 1_000 }, (_, at) => ({ at, note }));
    await client.db('catalog').collection('notes').insertMany(documents);
  } finally {
    await client.close();
  }
}

/** Threads of this user but the one that looks; information_schema shows a user its own. */
const THREADS = 'from information_schema.processlist where id <> connection_id()';

const ENGINES = {
  mariadb: {
    resourceId: `${ARN}:db:bookings`,
    database: 'bookings',
    door: 'bookings',
    rows: 'select seq, repeat(md5(seq), 8) from seq_1_to_2000000',
    few: 'select seq, repeat(md5(seq), 8) from seq_1_to_5000',
    async connections() {
      const [rows] = await atMariaDb((client) => client.query(`select id ${THREADS}`));
      return (rows as unknown[]).length;
    },
    async ends() {
      await atMariaDb(async (client) => {
        const [rows] = await client.query(`select id ${THREADS}`);
        for (const { id } of rows as { id: number }[]) await client.query(`kill ${Number(id)}`);
      });
    },
  },
  documentdb: {
    resourceId: `${ARN}:cluster:catalog`,
    database: 'catalog',
    door: 'catalog',
    rows: 'db.notes.find()',
    few: 'db.notes.find().limit(150)',
    prepare: fillDocuments,
    // FerretDB says nothing of its connections; each has one at the door, which ends with it.
    connections: async () => doors.get('catalog')?.open() ?? 0,
  },
} as const satisfies Record<string, Subject>;

/** How the way to a database fails while one connects. */
const CONNECTING: readonly (readonly [string, NetworkFault, ErrorCode | undefined])[] = [
  ['refuses connections', { kind: 'refused' }, 'DATABASE_UNREACHABLE'],
  ['swallows packets until the time is over', { kind: 'silent' }, 'STATEMENT_TIMEOUT'],
  ['breaks off in the middle of the login', { kind: 'cut', afterBytes: 1_000 }, 'DATABASE_UNREACHABLE'],
  ['stalls in the middle of the login', { kind: 'stalled', afterBytes: 1_000 }, 'STATEMENT_TIMEOUT'],
  ['is slow', { kind: 'slow', ms: 20 }, undefined],
];

describe.each(Object.keys(ENGINES) as (keyof typeof ENGINES)[])('%s', (name) => {
  describeWith(name, 'where this machine has it', () => {
    const subject: Subject = ENGINES[name];
    const { resourceId, database, rows, few } = subject;
    let door: FaultProxy;
    let connection: string;
    const connecting = { resourceId, database, login: { method: 'secret' } };
    const run = (statement: string, within?: number) => ask('/api/query', { connection, statement }, within);
    const during = async (happening: () => unknown, statement = rows, within?: number) =>
      note('statement', await endOf(await run(statement, within), happening));

    beforeAll(async () => {
      door = doors.get(subject.door) as FaultProxy;
      await subject.prepare?.();
      const answer = await jsonOf(await ask('/api/connections', connecting));
      expect(answer).toMatchObject({ connection: expect.any(String) });
      connection = answer.connection;
      note('connection', undefined);
    }, 30_000);
    afterEach(async () => {
      door.fail(undefined);
      expect(note('statement', await endOf(await run(few)))).toBeUndefined();
      await settled(subject.connections);
      await settled(door.open);
      await allRecorded();
    });

    test.each(CONNECTING)('%s, at a connection', async (_how, fault, code) => {
      door.fail(fault);
      const answer = await ask('/api/connections', connecting, code === 'STATEMENT_TIMEOUT' ? SOON : undefined);
      expect(note('connection', await refusalOf(answer))).toBe(code);
    });

    test('is cut off in the middle of a stream', async () => {
      expect(await during(() => door.fail({ kind: 'cut', afterBytes: 0 }))).toBe('DATABASE_LOST');
    });

    test('falls silent in the middle of a stream: it ends with the time of the function', async () => {
      const fallsSilent = () => door.fail({ kind: 'stalled', afterBytes: 0 });
      expect(await during(fallsSilent, rows, 1_500)).toBe('STATEMENT_TIMEOUT');
    });

    test('is slow in the middle of a stream, and all of it comes', async () => {
      expect(await during(() => door.fail({ kind: 'slow', ms: 5 }), few)).toBeUndefined();
    });

    test('is left by the reader in the middle of a stream', async () => {
      await leave(await run(rows));
      done.push('statement cut');
    });

    if (subject.ends)
      test('ends the connection in the middle of a stream', async () => {
        expect(await during(() => subject.ends?.())).toBe('DATABASE_LOST');
      });
  });
});

describeWith('java', 'DynamoDB', () => {
  const SCAN = 'SCAN {"table": "shop-orders"}';
  const FEW = 'SCAN {"table": "shop-orders", "limit": 5}';
  let connection: string;
  const run = (within?: number, statement = SCAN) => ask('/api/query', { connection, statement }, within);

  beforeAll(async () => {
    const resourceId = `arn:aws:dynamodb:eu-central-1:${ACCOUNT_ID}:table/*`;
    ({ connection } = await jsonOf(await ask('/api/connections', { resourceId, login: { method: 'keys' } })));
    note('connection', undefined);
  });
  afterEach(async () => {
    trouble.end();
    expect(note('statement', await endOf(await run(undefined, FEW)))).toBeUndefined();
    await settled(trouble.underWay);
    await allRecorded();
  });

  const SAID: Readonly<Record<AwsFault, ErrorCode | undefined>> = {
    fails: 'AWS_UNAVAILABLE',
    throttles: 'THROTTLED',
    'is slow': undefined,
    'is silent': 'STATEMENT_TIMEOUT',
    'breaks off': 'AWS_UNAVAILABLE',
  };
  const cases = Object.entries(SAID) as [AwsFault, ErrorCode | undefined][];
  /** The calls from this one on, counted from 1; only the user's own tables are scanned. */
  const scansFrom = (first: number) => {
    let scans = 0;
    return ({ operation }: { operation: string }) => {
      if (operation === 'Scan') scans += 1;
      return operation === 'Scan' && scans >= first;
    };
  };

  test.each(cases)('%s at the first page', async (fault, code) => {
    trouble.begin(fault, scansFrom(1));
    expect(note('statement', await endOf(await run(fault === 'is silent' ? SOON : undefined)))).toBe(code);
  });

  test.each(cases)('%s in the middle of a stream, after the first page', async (fault, code) => {
    trouble.begin(fault, scansFrom(2));
    const answer = await run(fault === 'is silent' ? 1_500 : undefined);
    expect(note('statement', await endOf(answer, () => undefined))).toBe(code);
  });

  test('is left by the reader while a page is on its way', async () => {
    trouble.begin('is silent', scansFrom(2));
    await leave(await run());
    done.push('statement cut');
  });
});
