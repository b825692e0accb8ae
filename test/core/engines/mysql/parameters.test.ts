/** Parameters on a real MariaDB: bound by the server, whatever they hold. */
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import type { Connection } from '#core/engines/engine.ts';
import { executing, forgetting, preparing } from '#core/engines/mysql/bound-statement.ts';
import { mysql } from '#core/engines/mysql/mysql.ts';
import { describeWith } from '../../../support/machine.ts';
import { type MariaDbTestServer, startMariaDbServer } from '../../../support/mariadb-server.ts';
import { all, collect, first } from '../collect.ts';

const bound = (...given: [name: string, type: ParameterType, value: string | null][]): BoundParameter[] =>
  given.map(([name, type, value]) => ({ name, type, value }));

test('no character of a text or a value stands in what is sent', () => {
  const secret = `x'; DROP TABLE thing; -- \\`;
  const values = bound(['a', 'text', secret], ['b', 'decimal', secret], ['c', 'timestamp', secret]);
  const statement = { text: `select '${secret}', ?, ?, ?`, values, original: (offset: number) => offset };
  const sent = [...preparing(statement), executing(statement), ...forgetting(statement)].join('\n');
  expect(sent).not.toMatch(/DROP|thing|\\/);
});

describeWith('mariadb', 'parameters for MariaDB', () => {
  let server: MariaDbTestServer;
  const connections: Partial<Record<'editor' | 'reader', Connection>> = {};
  const connect = (readOnly: boolean) =>
    mysql.connect(server.target, server.login, { readOnly, signal: new AbortController().signal });
  beforeAll(async () => {
    server = await startMariaDbServer();
    const editor = await connect(false);
    connections.editor = editor;
    await collect(
      editor,
      `create table bound (id bigint primary key, name varchar(200), at datetime, day date, price decimal(12,2), open boolean);
       insert into bound values (1, 'one', '2026-11-24 10:00:00', '2026-11-24', 12.50, true),
         (9007199254740993, 'two', '2026-11-25 10:00:00', '2026-11-25', 99.99, false)`,
    );
    connections.reader = await connect(true);
  }, 120_000);
  afterAll(async () => {
    for (const connection of Object.values(connections)) await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  describe.each(['editor', 'reader'] as const)('as %s', (who) => {
    const ask = (text: string, parameters: BoundParameter[], more: object = {}) =>
      collect(connections[who] as Connection, text, { parameters, ...more });
    const rows = async (text: string, ...given: Parameters<typeof bound>) => {
      const collected = await ask(text, bound(...given));
      expect(collected.error).toBeUndefined();
      return collected.results.at(-1);
    };

    test.each<[condition: string, type: ParameterType, value: string | null, ids: string[]]>([
      ['id = :x', 'integer', '9007199254740993', ['9007199254740993']],
      ['name = :x', 'text', 'one', ['1']],
      ['at > :x', 'timestamp', '2026-11-24T12:00:00Z', ['9007199254740993']],
      ['at >= :x', 'timestamp', '2026-11-24T12:00:00+02:00', ['1', '9007199254740993']],
      ['day < :x', 'date', '2026-11-25', ['1']],
      ['price = :x', 'decimal', '12.5', ['1']],
      ['open = :x', 'boolean', 'true', ['1']],
      [':x is null or name = :x', 'text', null, ['1', '9007199254740993']],
      [':x is null or name = :x', 'text', 'two', ['9007199254740993']],
    ])('where %s, with a %s', async (condition, type, value, ids) => {
      const found = await rows(`select id from bound where ${condition} order by id`, ['x', type, value]);
      expect(found).toEqual(ids.map((id) => [id]));
    });

    test('a text is a text, whatever stands in it, and a limit may be one too', async () => {
      const value = `'; drop table bound; -- ? :a \\ "é" 😀\n`;
      expect(await rows('select :x, char_length(:x)', ['x', 'text', value])).toEqual([
        [value, String([...value].length)],
      ]);
      expect(await rows('select id from bound order by id limit :n', ['n', 'integer', '1'])).toEqual([['1']]);
    });

    test('each statement of a script has those that it names', async () => {
      const collected = await ask('select :a; select 1; select :b, :a', bound(['a', 'text', 'A'], ['b', 'text', 'B']));
      expect(collected.results).toEqual([[['A']], [['1']], [['B', 'A']]]);
    });

    test('reading stops at the limit of rows', async () => {
      const collected = await ask('select id from bound where id > :x', bound(['x', 'integer', '0']), { maxRows: 1 });
      expect(all(collected, 'done')).toMatchObject([{ rows: 1, truncated: true }]);
    });

    test('what cannot be prepared is the database’s own error, and the next script runs', async () => {
      const { error } = await ask('select nonsense(:x) from', bound(['x', 'text', '1']));
      expect(error).toMatchObject({ code: 'STATEMENT_FAILED', details: { statement: 0 } });
      expect(await rows('select :x', ['x', 'text', 'again'])).toEqual([['again']]);
    });

    test('neither the text nor a value stays with the connection', async () => {
      await rows('select :x', ['x', 'text', 'a secret']);
      expect(await rows('select @lodge_text, @lodge_1')).toEqual([[null, null]]);
    });
  });

  test('a reader’s parameters change nothing either', async () => {
    const collected = await collect(connections.reader as Connection, 'delete from bound where id = :x', {
      parameters: bound(['x', 'integer', '1']),
    });
    expect(collected.error).toMatchObject({ code: 'READ_ONLY' });
  });

  test('rows are changed by bound values, and counted', async () => {
    const collected = await collect(connections.editor as Connection, 'update bound set price = :p where id = :x', {
      parameters: bound(['p', 'decimal', '13.37'], ['x', 'integer', '1']),
    });
    expect(first(collected, 'done')).toMatchObject({ affected: 1 });
  });
});
