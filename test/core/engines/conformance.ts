/** What every engine must do, as one suite: an engine's test file hands in a real server and some statements. */
import fc from 'fast-check';
import { AppError } from '#contract/errors.ts';
import { Names, Node, type NodePath, ObjectDescription } from '#contract/objects.ts';
import type { ResultRecord } from '#contract/results.ts';
import type { About, Connection } from '#core/engines/engine.ts';
import { freeBytes } from '#core/free-bytes.ts';
import { reachable } from '../../support/reachable.ts';
import { all, collect, eventually, first, options, rowsFrom } from './collect.ts';

export interface Subject extends AsyncDisposable {
  connect(as?: { readonly readOnly?: boolean }): Promise<Connection>;
  readonly about: Pick<About, 'user' | 'database'>;
  readonly statements: Statements;
  /** What a statement that reads says: its records between `started` and the next statement, and its `done`. */
  readonly reading: {
    readonly records: readonly ResultRecord['type'][];
    readonly done: Readonly<Record<string, unknown>>;
  };
  /** A table of three rows, `id` its primary key. */
  readonly thing: Thing;
  /** So many rows are some times as much as the memory that the suite allows: see FEW_BATCHES. */
  readonly many: number;
  /** The most characters that one value may hold, up to ten millions. */
  readonly longest: number;
  /** True: the server tells nobody what runs, so that a cancel says that it was asked, whatever comes of it. */
  readonly tellsNobody?: boolean;
  /** How many statements run now, Lodge's own tests' aside. */
  running(): Promise<number>;
  /** True when the server waits for somebody to read what it has to send, or to ask for it. */
  stalled(): Promise<boolean>;
}

interface Statements {
  /** So many rows of a number from 1 on, named `id`, and some text; at most `many`. */
  rows(count: number): string;
  /** A row with one text named `value`. What it takes to read it there is done before. */
  text(value: string): Promise<string>;
  /** Runs longer than any test, without giving a row. */
  readonly endless: string;
  /** A statement whose text is wrong, and where, in characters from 1, where the server says so. */
  readonly wrong: { readonly text: string; readonly position?: number };
  /** White space, separators and comments without a statement. */
  readonly empty: readonly string[];
  /** Statements that would change something: a reader's must all be refused. */
  readonly changes: readonly string[];
}

interface Thing {
  /** From the root, the table last. */
  readonly path: NodePath;
  /** The schema, or nothing, and the table, as `names` says them. */
  readonly named: readonly [string, string];
  /** What `children`, `names` and `describe` know of its columns or fields, the key first. */
  readonly members: readonly string[];
  /** Reads all of it. */
  readonly read: string;
  /** Where there is nothing. */
  readonly missing: readonly NodePath[];
}

/** What an engine's own part of the suite is run with. */
export interface Given<S> {
  readonly subject: S;
  /** May change everything. */
  readonly connection: Connection;
}

/**
 * The most bytes that a stream may hold. The largest batch is the first of DocumentDB's suite, a hundred documents of 20 KB,
 * and its stream was seen to hold 2.8 MB; the others hold less. Whoever keeps all the rows holds 35 MB or more at the first look.
 */
const FEW_BATCHES = 16 * 1_048_576;

/** So often what is reachable is looked at while the rows pass. */
const LOOKS = 4;

/** `own` are the tests that only this kind of engine has; they run on the same server. */
export function conformance<S extends Subject>(
  name: string,
  setUp: () => Promise<S>,
  own: (given: () => Given<S>) => void = () => undefined,
): void {
  describe(`${name} conforms:`, () => {
    let subject: S;
    let connection: Connection;
    beforeAll(async () => {
      subject = await setUp();
      connection = await subject.connect();
    }, 120_000);
    afterAll(async () => {
      await connection[Symbol.asyncDispose]();
      await subject[Symbol.asyncDispose]();
    });
    const valueFrom = async (text: string) => {
      const collected = await collect(connection, text);
      if (collected.error) throw collected.error;
      const at = first(collected, 'columns').columns.findIndex((column) => column.name === 'value');
      return collected.results[0]?.map((row) => row[at]);
    };
    const stillThere = async () => expect(await rowsFrom(connection, subject.statements.rows(3))).toHaveLength(3);

    it('tells who is connected to what', () => {
      const { about } = connection;
      expect(about).toMatchObject(subject.about);
      expect(about.version).toMatch(/^\d+/);
    });

    describe('running a script', () => {
      it('gives the records of each statement in their order', async () => {
        const { rows } = subject.statements;
        const script = `${rows(2)};\n ${rows(1)}`;
        const collected = await collect(connection, script);
        expect(collected.error).toBeUndefined();
        const { records, done } = subject.reading;
        expect(collected.records.map((record) => record.type)).toEqual(['started', ...records, ...records]);
        expect(first(collected, 'started').statements).toBe(2);
        const texts = all(collected, 'statement').map(({ from, to }) => script.slice(from, to));
        expect(texts).toEqual([rows(2), rows(1)]);
        const ids = all(collected, 'columns').map(({ columns }, result) => {
          const at = columns.findIndex((column) => column.name === 'id');
          return collected.results[result]?.map((row) => row[at]);
        });
        expect(ids).toEqual([['1', '2'], ['1']]);
        const common = { type: 'done', truncated: false, elapsedMs: expect.any(Number), ...done };
        expect(all(collected, 'done')).toEqual([
          { ...common, statement: 0, rows: 2 },
          { ...common, statement: 1, rows: 1 },
        ]);
      });

      it('gives as many values a column as rows, and columns also where there are no rows', async () => {
        for (const count of [0, 3]) {
          const collected = await collect(connection, subject.statements.rows(count));
          const { columns } = first(collected, 'columns');
          expect(columns).toContainEqual(expect.objectContaining({ name: 'id' }));
          expect(collected.results.map((rows) => rows.map((row) => row.length))).toEqual([
            Array(count).fill(columns.length),
          ]);
        }
      });

      it('goes on with a statement in the middle, and its numbers are those of the whole script', async () => {
        const { rows } = subject.statements;
        const collected = await collect(connection, `${rows(2)}; ${rows(1)}; ${rows(3)}`, { from: 1 });
        expect(first(collected, 'started').statements).toBe(3);
        expect(all(collected, 'statement').map(({ statement }) => statement)).toEqual([1, 2]);
        expect(collected.results.map((result) => result.length)).toEqual([1, 3]);
        const { error } = await collect(connection, `${rows(2)}; ${subject.statements.wrong.text}`, { from: 1 });
        expect(error).toMatchObject({ details: { statement: 1 } });
      });

      it('leaves a script in front of a statement when it is time, and never before it has run one', async () => {
        const { rows } = subject.statements;
        const script = `${rows(2)}; ${rows(1)}; ${rows(3)}`;
        const parts = [];
        for (const from of [0, 1, 2]) parts.push(await collect(connection, script, { from, pauseAfterMs: 0 }));
        expect(parts.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
        expect(parts.map(({ results }) => results.map((result) => result.length))).toEqual([[2], [1], [3]]);
        expect(parts.map((part) => all(part, 'pause'))).toEqual([
          [{ type: 'pause', statement: 1 }],
          [{ type: 'pause', statement: 2 }],
          [],
        ]);
        expect(all(await collect(connection, script, { pauseAfterMs: 60_000 }), 'pause')).toEqual([]);
        await stillThere();
      });

      it('refuses a script without a statement', async () => {
        for (const script of subject.statements.empty) {
          const { error } = await collect(connection, script);
          expect(error).toMatchObject({ code: 'INPUT_INVALID' });
        }
      });

      it('keeps the results before a statement that fails, and names it with the place of the error', async () => {
        const { wrong, rows } = subject.statements;
        const collected = await collect(connection, `${rows(1)}; ${wrong.text}; ${rows(2)}`);
        expect(collected.results.map((result) => result.length)).toEqual([1]);
        expect(all(collected, 'statement')).toHaveLength(2);
        const { text: _, ...place } = wrong;
        expect(collected.error).toMatchObject({
          code: 'STATEMENT_FAILED',
          details: { statement: 1, native: { ...place, code: expect.any(String) } },
        });
        await stillThere();
      });

      it('brings every text through unchanged', async () => {
        const unit = fc.constantFrom(
          ...['"', '\\', "'", '\n', '\t', '\u0001', '\u007f', 'é', '漢', '😀', '$', ';', '--', 'a'],
        );
        await fc.assert(
          fc.asyncProperty(fc.string({ unit, maxLength: 50 }), async (value) => {
            expect(await valueFrom(await subject.statements.text(value))).toEqual([value]);
          }),
          { numRuns: 50 },
        );
      });

      it('brings a value through that is as long as it may be', async () => {
        const value = 'ab"é\n'.repeat(subject.longest / 5);
        const [text] = (await valueFrom(await subject.statements.text(value))) ?? [];
        expect(text === value).toBe(true);
      });

      it('stops reading at the limit of rows and says so, and only where there was more', async () => {
        const { rows } = subject.statements;
        const cut = await collect(connection, `${rows(subject.many)}; ${rows(1)}`, { maxRows: 10 });
        expect(cut.results.map((result) => result.length)).toEqual([10, 1]);
        expect(all(cut, 'done').map((done) => [done.rows, done.truncated])).toEqual([
          [10, true],
          [1, false],
        ]);
        const whole = await collect(connection, rows(10), { maxRows: 10 });
        expect(first(whole, 'done')).toMatchObject({ rows: 10, truncated: false });
      });

      it('streams many rows in the memory of a few batches', async () => {
        let rows = 0;
        const looks: number[] = [];
        const before = reachable();
        for await (const event of connection.run(subject.statements.rows(subject.many), options())) {
          rows += rowsIn(event);
          // As whoever sends a line on does, once it is sent.
          if (event instanceof Uint8Array) freeBytes(event);
          if (rows >= (subject.many * (looks.length + 1)) / LOOKS) looks.push(reachable());
        }
        expect(rows).toBe(subject.many);
        expect(looks).toHaveLength(LOOKS);
        // What an earlier test has left may go meanwhile.
        const without = Math.min(before, reachable());
        expect(Math.max(...looks) - without).toBeLessThan(FEW_BATCHES);
      }, 60_000);

      it('lets the server wait while nobody reads, and goes on where it was', async () => {
        const events = connection.run(subject.statements.rows(subject.many), options())[Symbol.asyncIterator]();
        let rows = 0;
        for (let i = 0; i < 4; i += 1) rows += rowsIn((await events.next()).value);
        await eventually(() => subject.stalled());
        expect(rows).toBeLessThan(subject.many);
        for (let next = await events.next(); !next.done; next = await events.next()) rows += rowsIn(next.value);
        expect(rows).toBe(subject.many);
      }, 60_000);

      it('runs one script at a time', async () => {
        const events = connection.run(subject.statements.rows(1), options())[Symbol.asyncIterator]();
        await events.next();
        const { error } = await collect(connection, subject.statements.rows(1));
        expect(error).toBeInstanceOf(AppError);
        await events.return?.();
      });
    });

    describe('stopping', () => {
      const idle = () => eventually(async () => (await subject.running()) === 0);
      const busy = () => eventually(async () => (await subject.running()) > 0);

      it('cancels by handle from another connection, and knows when nothing runs', async () => {
        await using other = await subject.connect();
        const events = connection.run(subject.statements.endless, options())[Symbol.asyncIterator]();
        const { value: started } = await events.next();
        const { handle } = started as { handle: string };
        const ended = drain(events);
        await busy();
        expect(await other.cancel(handle)).toBe(true);
        await expect(ended).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED', details: { statement: 0 } });
        await idle();
        expect(await other.cancel(handle)).toBe(subject.tellsNobody === true);
        expect(await other.cancel('1.1')).toBe(subject.tellsNobody === true);
        expect(await other.cancel('nonsense')).toBe(false);
      });

      it('cancels by handle also where nobody reads', async () => {
        await using slow = await subject.connect();
        await using other = await subject.connect();
        const events = slow.run(subject.statements.rows(subject.many), options())[Symbol.asyncIterator]();
        const { value: started } = await events.next();
        for (let i = 0; i < 3; i += 1) await events.next();
        await eventually(() => subject.stalled());
        expect(await other.cancel((started as { handle: string }).handle)).toBe(true);
        // Who cannot look whether it has helped cannot end the session: the statement ends when reading goes on.
        if (subject.tellsNobody) await expect(drain(events)).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
        await idle();
      });

      it('stops when its signal aborts, before a record is read and after', async () => {
        for (const records of [0, 2]) {
          const abort = new AbortController();
          const events = connection.run(subject.statements.endless, options({ signal: abort.signal }));
          const iterator = events[Symbol.asyncIterator]();
          for (let i = 0; i < records; i += 1) await iterator.next();
          const ended = drain(iterator);
          await busy();
          abort.abort();
          await expect(ended).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
          await idle();
        }
        await stillThere();
      });

      it('tells why, where the signal does', async () => {
        const reason = new AppError('STATEMENT_TIMEOUT', { message: 'The function has no time left.' });
        const { error } = await collect(connection, subject.statements.endless, { signal: AbortSignal.abort(reason) });
        expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT', message: 'The function has no time left.' });
        await idle();
      });

      it('stops the statement when its rows are left early', async () => {
        let rows = 0;
        for await (const event of connection.run(subject.statements.rows(subject.many), options())) {
          rows += rowsIn(event);
          if (rows > 0) break;
        }
        expect(rows).toBeLessThan(subject.many);
        expect(await subject.running()).toBe(0);
        await stillThere();
      });

      it('stops a statement that runs longer than it may', async () => {
        const { rows, endless } = subject.statements;
        const { error } = await collect(connection, `${rows(1)}; ${endless}`, { timeoutSeconds: 1 });
        expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT', details: { statement: 1 } });
        await idle();
      });

      it('leaves nothing running when it is closed in the middle', async () => {
        const closing = await subject.connect();
        const events = closing.run(subject.statements.endless, options())[Symbol.asyncIterator]();
        const ended = drain(events);
        await busy();
        await closing[Symbol.asyncDispose]();
        await expect(ended).rejects.toBeInstanceOf(AppError);
        await idle();
        await closing[Symbol.asyncDispose]();
      });
    });

    describe('reading only', () => {
      it('reads', async () => {
        await using reader = await subject.connect({ readOnly: true });
        expect(await rowsFrom(reader, subject.thing.read)).toHaveLength(3);
        expect(await rowsFrom(reader, subject.statements.rows(subject.many), { maxRows: 5 })).toHaveLength(5);
        expect(await rowsFrom(reader, subject.statements.rows(2))).toHaveLength(2);
      });

      it('changes nothing', async () => {
        await using reader = await subject.connect({ readOnly: true });
        const before = await rowsFrom(connection, subject.thing.read);
        for (const statement of subject.statements.changes) {
          const { error } = await collect(reader, statement);
          expect([statement, error]).toEqual([statement, expect.objectContaining({ code: 'READ_ONLY' })]);
        }
        expect(await rowsFrom(connection, subject.thing.read)).toEqual(before);
        expect(before).toHaveLength(3);
      });
    });

    describe('the catalogue', () => {
      it('gives the tree level by level', async () => {
        const { path, members } = subject.thing;
        for (const [depth, place] of path.entries()) {
          const nodes = Node.array().parse(await connection.children(path.slice(0, depth)));
          expect(nodes).toContainEqual(expect.objectContaining({ ...place, expandable: true }));
        }
        const below = Node.array().parse(await connection.children(path));
        const columns = below.filter(({ kind }) => kind === 'column' || kind === 'field');
        expect(columns.map((column) => column.name)).toEqual(members);
        expect(columns.every((column) => !column.expandable && column.detail)).toBe(true);
      });

      it('gives all names, packed', async () => {
        const { named, members } = subject.thing;
        const { tables, types } = Names.parse(await connection.names());
        const table = tables.find(([schema, name]) => schema === named[0] && name === named[1]);
        expect(table?.[2]).toBe(subject.thing.path.at(-1)?.kind);
        const columns = table?.[3].map((each) => (typeof each === 'number' ? types[each] : each));
        expect(columns).toEqual(members.flatMap((member) => [member, expect.any(String)]));
      });

      it('describes a table', async () => {
        const { path, members } = subject.thing;
        const described = ObjectDescription.parse(await connection.describe(path));
        expect(described).toMatchObject({ path, kind: path.at(-1)?.kind });
        expect(described.columns.map(({ name }) => name)).toEqual(members);
        expect(described.columns.map(({ nullable }) => nullable)).toEqual(members.map((_, at) => at > 0));
        expect(described.keys).toContainEqual(
          expect.objectContaining({ kind: 'primary', columns: members.slice(0, 1) }),
        );
        expect(described.ddl).toContain(subject.thing.named[1]);
      });

      it('says where there is no such object', async () => {
        for (const path of subject.thing.missing) {
          await expect(connection.children(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
          await expect(connection.describe(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
        }
      });
    });

    own(() => ({ subject, connection }));
  });
}

/** How many rows an event brings: of a line, what stands at its beginning. */
function rowsIn(event: unknown): number {
  if (event instanceof Uint8Array)
    return Number(/"count":(\d+)/.exec(new TextDecoder().decode(event.subarray(0, 50)))?.[1] ?? 0);
  const { type, count = 0 } = Object(event) as { type?: string; count?: number };
  return type === 'rows' ? count : 0;
}

/** Takes all that comes. Its failure is looked at later. */
function drain(events: AsyncIterator<unknown>): Promise<void> {
  const ended = (async () => {
    for (let next = await events.next(); !next.done; next = await events.next());
  })();
  ended.catch(() => undefined);
  return ended;
}
