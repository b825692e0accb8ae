/** Parameters on PostgreSQL: bound by the driver, whatever they hold and wherever they stand. */
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import type { Connection } from '#core/engines/engine.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';
import { all, collect, first, rowsFrom } from '../collect.ts';

describe('parameters for PostgreSQL', () => {
  let server: PostgresServer;
  const connections: Partial<Record<'editor' | 'reader', Connection>> = {};
  const connect = (readOnly: boolean) =>
    postgres.connect(server.target, server.login, { readOnly, signal: new AbortController().signal });
  beforeAll(async () => {
    server = await startPostgres();
    connections.editor = await connect(false);
    connections.reader = await connect(true);
    await collect(
      connections.editor,
      `create type mood as enum ('calm', 'busy');
       create table thing (id bigint primary key, key uuid, at timestamptz, day date, price numeric(12,2), open boolean, mood mood, data jsonb);
       insert into thing values (1, '00000000-0000-0000-0000-000000000001', '2026-11-24 10:00+00', '2026-11-24', 12.50, true, 'calm', '{"a": 1}'),
         (9007199254740993, '00000000-0000-0000-0000-000000000002', '2026-11-25 10:00+00', '2026-11-25', 99.99, false, 'busy', '{}')`,
    );
  }, 120_000);
  afterAll(async () => {
    for (const connection of Object.values(connections)) await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const bound = (...given: [name: string, type: ParameterType, value: string | null][]): BoundParameter[] =>
    given.map(([name, type, value]) => ({ name, type, value }));

  describe.each(['editor', 'reader'] as const)('as %s', (who) => {
    const ask = (text: string, parameters: BoundParameter[]) =>
      collect(connections[who] as Connection, text, { parameters });
    const rows = async (text: string, ...given: Parameters<typeof bound>) => {
      const collected = await ask(text, bound(...given));
      expect(collected.error).toBeUndefined();
      return collected.results.at(-1);
    };

    test.each<[text: string, type: ParameterType, value: string | null, ids: string[]]>([
      ['id = :x', 'integer', '9007199254740993', ['9007199254740993']],
      ['id = :x', 'integer', '1', ['1']],
      ['key = :x', 'text', '00000000-0000-0000-0000-000000000001', ['1']],
      ['mood = :x', 'text', 'busy', ['9007199254740993']],
      ['at > :x', 'timestamp', '2026-11-24T12:00:00Z', ['9007199254740993']],
      ['at > :x', 'timestamp', '2026-11-24T13:00:00+02:00', ['9007199254740993']],
      ['day < :x', 'date', '2026-11-25', ['1']],
      ['price = :x', 'decimal', '12.5', ['1']],
      ['open = :x', 'boolean', 'true', ['1']],
      ['data @> :x', 'text', '{"a": 1}', ['1']],
      [':x is null or mood::text = :x', 'text', null, ['1', '9007199254740993']],
      [':x is null or day = :x', 'date', null, ['1', '9007199254740993']],
      [':x is null or day = :x', 'date', '2026-11-24', ['1']],
      [':x is null', 'text', 'something', []],
    ])('where %s, with a %s', async (condition, type, value, ids) => {
      const found = await rows(`select id from thing where ${condition} order by id`, ['x', type, value]);
      expect(found).toEqual(ids.map((id) => [id]));
    });

    test('a text is a text, whatever stands in it', async () => {
      const value = `'; drop table thing; -- $1 :a \\ "é" 😀\n`;
      expect(await rows('select :x, length(:x), left(:x, :n)', ['x', 'text', value], ['n', 'integer', '3'])).toEqual([
        [value, String([...value].length), `'; `],
      ]);
      expect(await rows('select count(*) from thing')).toEqual([['2']]);
    });

    test('each statement of a script has those that it names', async () => {
      const collected = await ask('select :a; select 1; select :b, :a', bound(['a', 'text', 'A'], ['b', 'text', 'B']));
      expect(collected.results).toEqual([[['A']], [['1']], [['B', 'A']]]);
    });

    test('an error has its place in the text as it was written', async () => {
      const text = 'select :first_of_two, :b, nonsense from thing';
      const { error } = await ask(text, bound(['first_of_two', 'integer', '1'], ['b', 'text', '😀']));
      expect(error).toMatchObject({
        code: 'STATEMENT_FAILED',
        details: { statement: 0, native: { position: text.indexOf('nonsense') + 1 } },
      });
    });

    test('a value that the type does not take is the database’s own error, and the next statement runs', async () => {
      const { error } = await ask('select * from thing where key = :x', bound(['x', 'text', 'no uuid']));
      expect(error).toMatchObject({ code: 'STATEMENT_FAILED', details: { native: { code: '22P02' } } });
      expect(await rows('select :x::int + 1', ['x', 'text', '41'])).toEqual([['42']]);
    });

    test('casts, slices and colons of their own are left alone', async () => {
      expect(await rows(`select (array[1,2,3])[1:2], '12:30'::time, :x`, ['x', 'text', 'X'])).toEqual([
        ['{1,2}', '12:30:00', 'X'],
      ]);
    });
  });

  test('a reader’s parameters change nothing either', async () => {
    const collected = await collect(connections.reader as Connection, 'delete from thing where id = :x', {
      parameters: bound(['x', 'integer', '1']),
    });
    expect(collected.error).toMatchObject({ code: 'READ_ONLY' });
    expect(all(collected, 'done')).toEqual([]);
  });

  test('rows are changed by bound values, and counted', async () => {
    const collected = await collect(connections.editor as Connection, 'update thing set price = :p where id = :x', {
      parameters: bound(['p', 'decimal', '13.37'], ['x', 'integer', '1']),
    });
    expect(first(collected, 'done')).toMatchObject({ affected: 1 });
    expect(await rowsFrom(connections.editor as Connection, 'select price from thing where id = 1')).toEqual([
      ['13.37'],
    ]);
  });

  test('without parameters $1 is refused, and says what to write', async () => {
    const { error } = await collect(connections.editor as Connection, 'select $1');
    expect(error).toMatchObject({ code: 'STATEMENT_FAILED', message: expect.stringContaining(':since') });
  });
});
