/** What every SQL engine must do, as one suite: the general part, and what only SQL and a socket have. */
import net from 'node:net';
import { AppError } from '#contract/errors.ts';
import type { Connection, Engine, Login, Target } from '#core/engines/engine.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { all, collect, eventually, first, rowsFrom } from '../collect.ts';
import { conformance, type Given, type Subject } from '../conformance.ts';

export interface SqlSubject extends AsyncDisposable {
  readonly engine: Engine;
  readonly target: Target;
  /** May change everything. */
  readonly login: Login;
  /** A schema to make tables in. */
  readonly schema: string;
  readonly sql: {
    /** So many rows of a number from 1 on, named `id`, and some text. */
    rows(count: number): string;
    /** A row with one text named `value`. */
    text(value: string): string;
    sleep(seconds: number): string;
    /** A statement that fails while it runs, after some rows. */
    failing: string;
    /** A statement whose text is wrong, and where, in characters from 1. */
    wrong: { readonly text: string; readonly position: number };
    /** Makes the table `thing` of the schema: `id` the primary key, and `name`; a second script fills it with three rows. */
    table: readonly [make: string, fill: string];
    /** Statements that would change something: a reader's must all be refused. */
    changes: readonly string[];
  };
  /** How many indexes a table of one primary key has; left out: one. */
  readonly indexes?: number;
  /** As of every subject. */
  readonly tellsNobody?: boolean;
  /** How many statements run now, Lodge's own tests' aside. */
  running(): Promise<number>;
  /** True when the server waits for somebody to read what it has to send. */
  stalled(): Promise<boolean>;
}

type Both = Omit<Subject, 'connect'> &
  Pick<SqlSubject, 'sql' | 'schema' | 'indexes'> & { connect(changes?: Changes): Promise<Connection> };
interface Changes {
  readonly target?: Partial<Target>;
  readonly login?: Partial<Login>;
  readonly readOnly?: boolean;
  readonly signal?: AbortSignal;
}

export const sqlConformance = (name: string, setUp: () => Promise<SqlSubject>): void =>
  conformance(
    name,
    async () => {
      const subject = asSubject(await setUp());
      await using connection = await subject.connect();
      for (const script of subject.sql.table) await rowsFrom(connection, script);
      return subject;
    },
    (given) => {
      describe('as SQL, connecting', () => connecting(given));
      describe('as SQL, running a script', () => running(given));
    },
  );

function asSubject({ engine, target, login, schema, sql, ...server }: SqlSubject): Both {
  const root = { kind: 'schema' as const, name: schema };
  const thing = { kind: 'table' as const, name: 'thing' };
  return {
    ...server,
    sql,
    schema,
    connect: ({ readOnly = false, signal = new AbortController().signal, ...changes } = {}) =>
      engine.connect({ ...target, ...changes.target }, { ...login, ...changes.login }, { readOnly, signal }),
    about: { user: login.user, database: target.database },
    statements: {
      rows: sql.rows,
      text: async (value) => sql.text(value),
      endless: sql.sleep(60),
      wrong: sql.wrong,
      empty: ['', ' ;; ', '-- nothing'],
      changes: sql.changes,
    },
    reading: { records: ['statement', 'columns', 'done'], done: { command: 'SELECT' } },
    thing: {
      path: [root, thing],
      named: [schema, 'thing'],
      members: ['id', 'name'],
      read: `select * from ${schema}.thing order by id`,
      missing: [
        [{ kind: 'schema', name: 'no such schema' }],
        [root, { kind: 'table', name: 'no such table' }],
        [root, { kind: 'view', name: 'thing' }],
      ],
    },
    many: 1_000_000,
    longest: 10_000_000,
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

function connecting(given: () => Given<Both>): void {
  const connect = (changes: Changes) => given().subject.connect(changes);

  it('says that a login is refused, and not what the password was', async () => {
    const refused = await connect({ login: { password: 'not the password' } }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'LOGIN_FAILED' });
    expect(JSON.stringify([refused, String(refused), (refused as AppError).body('id')])).not.toContain('not the');
  });

  it('says that nothing answers, or that a name is not known', async () => {
    await using free = await silentServer();
    await free[Symbol.asyncDispose]();
    await expect(connect({ target: { port: free.port } })).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    const nowhere = connect({ target: { host: 'no-such-host.invalid' } });
    await expect(nowhere).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
  });

  it('trusts no certificate that another authority has signed', async () => {
    const { ca } = makeCertificates();
    await expect(connect({ target: { ca } })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining('certificate'),
    });
  });

  it('stops waiting for a server that says nothing when it is told to', async () => {
    await using server = await silentServer();
    const leaving = new AbortController();
    const waiting = connect({ target: { port: server.port }, signal: leaving.signal });
    await eventually(async () => server.connections > 0);
    leaving.abort();
    await expect(waiting).rejects.toBeInstanceOf(AppError);
  });
}

function running(given: () => Given<Both>): void {
  it('gives numbers as numbers, also where there are no rows', async () => {
    const { subject, connection } = given();
    const collected = await collect(connection, subject.sql.rows(0));
    expect(first(collected, 'columns').columns[0]).toMatchObject({ name: 'id', kind: 'number' });
    expect(collected.results).toEqual([[]]);
  });

  it('names the table, the column and the key that a value comes from', async () => {
    const { subject, connection } = given();
    const collected = await collect(connection, `select id, name, id + 1 as next from ${subject.schema}.thing`);
    const table = { schema: subject.schema, name: 'thing' };
    const [id, name, next] = first(collected, 'columns').columns;
    expect(id).toMatchObject({ name: 'id', table: { ...table, column: 'id' }, key: true });
    expect(name).toMatchObject({ name: 'name', table: { ...table, column: 'name' } });
    expect(name).not.toHaveProperty('key');
    expect(next).not.toHaveProperty('table');
  });

  it('keeps the results before a statement that fails, and goes on after it', async () => {
    const { subject, connection } = given();
    const { wrong, text } = subject.sql;
    const collected = await collect(connection, `${text('kept')}; ${wrong.text}; ${text('never')}`);
    expect(collected.results).toEqual([[['kept']]]);
    expect(all(collected, 'statement')).toHaveLength(2);
    expect(await rowsFrom(connection, text('goes on'))).toEqual([['goes on']]);
  });

  it('is not left inside of a transaction, and says which statement has begun it', async () => {
    const { subject, connection } = given();
    const script = `begin; ${subject.sql.rows(1)}; commit; ${subject.sql.rows(2)}`;
    const collected = await collect(connection, script, { pauseAfterMs: 0 });
    expect(all(collected, 'pause')).toEqual([
      { type: 'pause', statement: 1, heldBy: 0 },
      { type: 'pause', statement: 3 },
    ]);
    expect(all(collected, 'done')).toHaveLength(3);
  });

  it('keeps the rows before an error that comes while they are read', async () => {
    const { subject, connection } = given();
    const collected = await collect(connection, subject.sql.failing);
    expect(collected.error).toMatchObject({ code: 'STATEMENT_FAILED', details: { statement: 0 } });
    expect(collected.results[0]?.length).toBeGreaterThan(0);
  });

  it('counts for a reader, who may not change what is counted', async () => {
    const { subject } = given();
    await using reader = await subject.connect({ readOnly: true });
    expect(await rowsFrom(reader, `select count(*) from ${subject.schema}.thing`)).toEqual([['3']]);
  });

  it('describes a table so that it can be made again', async () => {
    const { subject, connection } = given();
    const { path } = subject.thing;
    const described = await connection.describe(path);
    expect(described.indexes).toHaveLength(subject.indexes ?? 1);
    const again = described.ddl.replaceAll('thing', 'thing_again');
    await rowsFrom(connection, again);
    const copy = await connection.describe([...path.slice(0, -1), { kind: 'table', name: 'thing_again' }]);
    expect(copy.ddl).toBe(again);
  });
}

/** Takes connections and says nothing. */
async function silentServer(): Promise<{ port: number; connections: number } & AsyncDisposable> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    get connections() {
      return sockets.length;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
