/** What every SQL engine must do, as one suite: an engine's test file hands in a real server and some statements. */
import net from 'node:net';
import fc from 'fast-check';
import { AppError } from '#contract/errors.ts';
import { Names, Node, ObjectDescription } from '#contract/objects.ts';
import type { Connection, Engine, Login, Target } from '#core/engines/engine.ts';
import { freeBytes } from '#core/free-bytes.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { all, collect, eventually, first, options, rowsFrom } from './collect.ts';

export interface Subject extends AsyncDisposable {
  readonly engine: Engine;
  readonly target: Target;
  /** May change everything. */
  readonly login: Login;
  /** A schema to make tables in. */
  readonly schema: string;
  readonly sql: {
    /** So many rows of a number from 1 on, named `id`, and some text. */
    rows(count: number): string;
    /** A row with one text. */
    text(value: string): string;
    sleep(seconds: number): string;
    /** A statement that fails while it runs, after some rows. */
    failing: string;
    /** A statement whose text is wrong, and where, in characters from 1. */
    wrong: { readonly text: string; readonly position: number };
    /** Makes the table `thing` of the schema: `id` the primary key, and `name`; a second script fills it. */
    table: readonly [make: string, fill: string];
    /** Statements that would change something: a reader's must all be refused. */
    changes: readonly string[];
  };
  /** How many statements run now, Lodge's own tests' aside. */
  running(): Promise<number>;
  /** True when the server waits for somebody to read what it has to send. */
  stalled(): Promise<boolean>;
}

const MEGABYTE = 1_048_576;
const signal = new AbortController().signal;

export function conformance(name: string, setUp: () => Promise<Subject>): void {
  describe(`${name} conforms:`, () => {
    let subject: Subject;
    let connection: Connection;
    const connect = (changes: { target?: Partial<Target>; login?: Partial<Login>; readOnly?: boolean } = {}) =>
      subject.engine.connect(
        { ...subject.target, ...changes.target },
        { ...subject.login, ...changes.login },
        { readOnly: changes.readOnly ?? false, signal },
      );

    beforeAll(async () => {
      subject = await setUp();
      connection = await connect();
      for (const script of subject.sql.table) await rowsFrom(connection, script);
    }, 120_000);
    afterAll(async () => {
      await connection[Symbol.asyncDispose]();
      await subject[Symbol.asyncDispose]();
    });

    describe('connecting', () => {
      it('tells who is connected to what', () => {
        const { about } = connection;
        expect(about).toMatchObject({ user: subject.login.user, database: subject.target.database });
        expect(about.version).toMatch(/^\d+/);
      });

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
        const waiting = subject.engine.connect({ ...subject.target, port: server.port }, subject.login, {
          readOnly: false,
          signal: leaving.signal,
        });
        await eventually(async () => server.connections > 0);
        leaving.abort();
        await expect(waiting).rejects.toBeInstanceOf(AppError);
      });
    });

    describe('running a script', () => {
      it('gives the records of each statement in their order', async () => {
        const script = `${subject.sql.rows(2)};\n ${subject.sql.text('x')}`;
        const collected = await collect(connection, script);
        expect(collected.error).toBeUndefined();
        expect(collected.records.map((record) => record.type)).toEqual([
          ...['started', 'statement', 'columns', 'done', 'statement', 'columns', 'done'],
        ]);
        expect(first(collected, 'started').statements).toBe(2);
        const texts = all(collected, 'statement').map(({ from, to }) => script.slice(from, to));
        expect(texts).toEqual([subject.sql.rows(2), subject.sql.text('x')]);
        expect(collected.results).toEqual([
          [
            ['1', expect.any(String)],
            ['2', expect.any(String)],
          ],
          [['x']],
        ]);
        expect(all(collected, 'done')).toEqual([
          { type: 'done', statement: 0, command: 'SELECT', rows: 2, truncated: false, elapsedMs: expect.any(Number) },
          { type: 'done', statement: 1, command: 'SELECT', rows: 1, truncated: false, elapsedMs: expect.any(Number) },
        ]);
      });

      it('gives columns also where there are no rows', async () => {
        const collected = await collect(connection, subject.sql.rows(0));
        expect(first(collected, 'columns').columns[0]).toMatchObject({ name: 'id', kind: 'number' });
        expect(collected.results).toEqual([[]]);
      });

      it('names the table, the column and the key that a value comes from', async () => {
        const collected = await collect(connection, `select id, name, id + 1 as next from ${subject.schema}.thing`);
        const table = { schema: subject.schema, name: 'thing' };
        const [id, name, next] = first(collected, 'columns').columns;
        expect(id).toMatchObject({ name: 'id', table: { ...table, column: 'id' }, key: true });
        expect(name).toMatchObject({ name: 'name', table: { ...table, column: 'name' } });
        expect(name).not.toHaveProperty('key');
        expect(next).not.toHaveProperty('table');
      });

      it('refuses a script without a statement', async () => {
        for (const script of ['', ' ;; ', '-- nothing']) {
          const { error } = await collect(connection, script);
          expect(error).toMatchObject({ code: 'INPUT_INVALID' });
        }
      });

      it('keeps the results before a statement that fails, and names it with the place of the error', async () => {
        const { wrong, text } = subject.sql;
        const collected = await collect(connection, `${text('kept')}; ${wrong.text}; ${text('never')}`);
        expect(collected.results).toEqual([[['kept']]]);
        expect(all(collected, 'statement')).toHaveLength(2);
        expect(collected.error).toMatchObject({
          code: 'STATEMENT_FAILED',
          details: { statement: 1, native: { position: wrong.position, code: expect.any(String) } },
        });
        expect(await rowsFrom(connection, text('goes on'))).toEqual([['goes on']]);
      });

      it('keeps the rows before an error that comes while they are read', async () => {
        const collected = await collect(connection, subject.sql.failing);
        expect(collected.error).toMatchObject({ code: 'STATEMENT_FAILED', details: { statement: 0 } });
        expect(collected.results[0]?.length).toBeGreaterThan(0);
      });

      it('brings every text through unchanged', async () => {
        const unit = fc.constantFrom(
          '"',
          '\\',
          "'",
          '\n',
          '\t',
          '\u0001',
          '\u007f',
          'é',
          '漢',
          '😀',
          '$',
          ';',
          '--',
          'a',
        );
        await fc.assert(
          fc.asyncProperty(fc.string({ unit, maxLength: 50 }), async (value) => {
            expect(await rowsFrom(connection, subject.sql.text(value))).toEqual([[value]]);
          }),
          { numRuns: 50 },
        );
      });

      it('brings a value of many megabytes through', async () => {
        const value = 'ab"é\n'.repeat(2 * MEGABYTE);
        const [row] = await rowsFrom(connection, subject.sql.text(value));
        expect(row?.[0] === value).toBe(true);
      });

      it('stops reading at the limit of rows and says so, and only where there was more', async () => {
        const cut = await collect(connection, `${subject.sql.rows(100_000)}; ${subject.sql.text('next')}`, {
          maxRows: 10,
        });
        expect(cut.results.map((rows) => rows.length)).toEqual([10, 1]);
        expect(all(cut, 'done').map(({ rows, truncated }) => [rows, truncated])).toEqual([
          [10, true],
          [1, false],
        ]);
        const whole = await collect(connection, subject.sql.rows(10), { maxRows: 10 });
        expect(first(whole, 'done')).toMatchObject({ rows: 10, truncated: false });
      });

      it('streams a million rows in the memory of a few batches', async () => {
        let rows = 0;
        let most = 0;
        const before = process.memoryUsage();
        for await (const event of connection.run(subject.sql.rows(1_000_000), options())) {
          if (!(event instanceof Uint8Array)) continue;
          rows += Number(/"count":(\d+)/.exec(new TextDecoder().decode(event.subarray(0, 50)))?.[1]);
          const { arrayBuffers } = process.memoryUsage();
          most = Math.max(most, arrayBuffers - before.arrayBuffers);
          // As whoever sends a line on does, once it is sent.
          freeBytes(event);
        }
        expect(rows).toBe(1_000_000);
        // Buffers that wait for the garbage collector included; all the rows take several times as much.
        expect(most).toBeLessThan(48 * MEGABYTE);
        expect(process.memoryUsage().rss - before.rss).toBeLessThan(160 * MEGABYTE);
      }, 60_000);

      it('lets the server wait while nobody reads, and goes on where it was', async () => {
        const events = connection.run(subject.sql.rows(300_000), options())[Symbol.asyncIterator]();
        let rows = 0;
        const read = (value: unknown) => {
          if (value instanceof Uint8Array)
            rows += Number(/"count":(\d+)/.exec(new TextDecoder().decode(value.subarray(0, 50)))?.[1]);
        };
        for (let i = 0; i < 4; i += 1) read((await events.next()).value);
        await eventually(() => subject.stalled());
        for (let next = await events.next(); !next.done; next = await events.next()) read(next.value);
        expect(rows).toBe(300_000);
      }, 60_000);

      it('runs one script at a time', async () => {
        const events = connection.run(subject.sql.rows(1), options())[Symbol.asyncIterator]();
        await events.next();
        const { error } = await collect(connection, subject.sql.rows(1));
        expect(error).toBeInstanceOf(AppError);
        await events.return?.();
      });
    });

    describe('stopping', () => {
      const idle = () => eventually(async () => (await subject.running()) === 0);

      it('cancels by handle from another connection, and knows when nothing runs', async () => {
        await using other = await connect();
        const events = connection.run(subject.sql.sleep(60), options())[Symbol.asyncIterator]();
        const { value: started } = await events.next();
        const { handle } = started as { handle: string };
        const ended = drain(events);
        await eventually(async () => (await subject.running()) > 0);
        expect(await other.cancel(handle)).toBe(true);
        await expect(ended).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED', details: { statement: 0 } });
        await idle();
        expect(await other.cancel(handle)).toBe(false);
        expect(await other.cancel('1.1')).toBe(false);
        expect(await other.cancel('nonsense')).toBe(false);
      });

      it('cancels by handle also where nobody reads', async () => {
        await using slow = await connect();
        await using other = await connect();
        const events = slow.run(subject.sql.rows(3_000_000), options())[Symbol.asyncIterator]();
        const { value: started } = await events.next();
        for (let i = 0; i < 3; i += 1) await events.next();
        await eventually(() => subject.stalled());
        expect(await other.cancel((started as { handle: string }).handle)).toBe(true);
        await idle();
      });

      it('stops when its signal aborts, before a record is read and after', async () => {
        for (const records of [0, 2]) {
          const abort = new AbortController();
          const events = connection.run(subject.sql.sleep(60), options({ signal: abort.signal }));
          const iterator = events[Symbol.asyncIterator]();
          for (let i = 0; i < records; i += 1) await iterator.next();
          const ended = drain(iterator);
          await eventually(async () => (await subject.running()) > 0);
          abort.abort();
          await expect(ended).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
          await idle();
        }
        expect(await rowsFrom(connection, subject.sql.text('still here'))).toEqual([['still here']]);
      });

      it('tells why, where the signal does', async () => {
        const reason = new AppError('STATEMENT_TIMEOUT', { message: 'The function has no time left.' });
        const { error } = await collect(connection, subject.sql.sleep(60), { signal: AbortSignal.abort(reason) });
        expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT', message: 'The function has no time left.' });
        await idle();
      });

      it('stops the statement when its rows are left early', async () => {
        for await (const event of connection.run(subject.sql.rows(5_000_000), options()))
          if (event instanceof Uint8Array) break;
        expect(await subject.running()).toBe(0);
        expect(await rowsFrom(connection, subject.sql.text('still here'))).toEqual([['still here']]);
      });

      it('stops a statement that runs longer than it may', async () => {
        const { error } = await collect(connection, `${subject.sql.text('x')}; ${subject.sql.sleep(60)}`, {
          timeoutSeconds: 1,
        });
        expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT', details: { statement: 1 } });
        await idle();
      });

      it('leaves nothing running when it is closed in the middle', async () => {
        const busy = await connect();
        const events = busy.run(subject.sql.sleep(60), options())[Symbol.asyncIterator]();
        const ended = drain(events);
        await eventually(async () => (await subject.running()) > 0);
        await busy[Symbol.asyncDispose]();
        await expect(ended).rejects.toBeInstanceOf(AppError);
        await idle();
        await busy[Symbol.asyncDispose]();
      });
    });

    describe('reading only', () => {
      it('reads', async () => {
        await using reader = await connect({ readOnly: true });
        expect(await rowsFrom(reader, `select count(*) from ${subject.schema}.thing`)).toEqual([['3']]);
        expect(await rowsFrom(reader, subject.sql.rows(100_000), { maxRows: 5 })).toHaveLength(5);
        expect(await rowsFrom(reader, subject.sql.text('again'))).toEqual([['again']]);
      });

      it('changes nothing', async () => {
        await using reader = await connect({ readOnly: true });
        for (const statement of subject.sql.changes) {
          const { error } = await collect(reader, statement);
          expect([statement, error]).toEqual([statement, expect.objectContaining({ code: 'READ_ONLY' })]);
        }
        expect(await rowsFrom(connection, `select count(*) from ${subject.schema}.thing`)).toEqual([['3']]);
      });
    });

    describe('the catalogue', () => {
      const schema = () => ({ kind: 'schema' as const, name: subject.schema });
      const thing = () => [schema(), { kind: 'table' as const, name: 'thing' }];

      it('gives the tree level by level', async () => {
        const roots = Node.array().parse(await connection.children([]));
        expect(roots).toContainEqual(expect.objectContaining({ ...schema(), expandable: true }));
        const members = Node.array().parse(await connection.children([schema()]));
        expect(members).toContainEqual(expect.objectContaining({ kind: 'table', name: 'thing', expandable: true }));
        const columns = Node.array().parse(await connection.children(thing()));
        expect(columns.map((column) => column.name)).toEqual(['id', 'name']);
        expect(columns.every((column) => column.kind === 'column' && !column.expandable && column.detail)).toBe(true);
      });

      it('gives all names, packed', async () => {
        const { tables, types } = Names.parse(await connection.names());
        const table = tables.find(([each, name]) => each === subject.schema && name === 'thing');
        expect(table?.[2]).toBe('table');
        const columns = table?.[3].map((each) => (typeof each === 'number' ? types[each] : each));
        expect(columns).toEqual(['id', expect.any(String), 'name', expect.any(String)]);
      });

      it('describes a table so that it can be made again', async () => {
        const described = ObjectDescription.parse(await connection.describe(thing()));
        expect(described.columns.map((column) => [column.name, column.nullable])).toEqual([
          ['id', false],
          ['name', true],
        ]);
        expect(described.keys).toContainEqual(expect.objectContaining({ kind: 'primary', columns: ['id'] }));
        expect(described.indexes).toHaveLength(1);
        const again = described.ddl.replaceAll('thing', 'thing_again');
        await rowsFrom(connection, again);
        const copy = await connection.describe([schema(), { kind: 'table', name: 'thing_again' }]);
        expect(copy.ddl).toBe(again);
      });

      it('says where there is no such object', async () => {
        for (const path of [
          [{ kind: 'schema' as const, name: 'no such schema' }],
          [schema(), { kind: 'table' as const, name: 'no such table' }],
          [schema(), { kind: 'view' as const, name: 'thing' }],
        ]) {
          await expect(connection.children(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
          await expect(connection.describe(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
        }
      });
    });
  });
}

/** Takes all that comes. Its failure is looked at later. */
function drain(events: AsyncIterator<unknown>): Promise<void> {
  const ended = (async () => {
    for (let next = await events.next(); !next.done; next = await events.next());
  })();
  ended.catch(() => undefined);
  return ended;
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
