import { Names, Node, type NodePath, ObjectDescription } from '#contract/objects.ts';
import { texts } from './tds-tokens.ts';
import { connected } from './with-server.ts';

/** The queries of the catalogue are never run here, for there is no server that could: what their rows become is. */
const rows = (...values: (string | null)[][]): Buffer =>
  texts(values[0]?.map((_, index) => `c${index}`) ?? ['c'], ...values);
const none = texts(['c']);

const dbo = { kind: 'schema', name: 'dbo' } as const;
const orders: NodePath = [dbo, { kind: 'table', name: "or]d'ers" }];

describe('the tree of SQL Server', () => {
  it('begins with schemas', async () => {
    await using pair = await connected([['sys.schemas', rows(['dbo', '0'], ['sys', '1'])]]);
    expect(await pair.connection.children([])).toEqual([
      { kind: 'schema', name: 'dbo', expandable: true },
      { kind: 'schema', name: 'sys', detail: 'system', expandable: true },
    ]);
  });

  it('shows what a schema holds, kind by kind, and no keys or triggers', async () => {
    const members = rows(
      ['P', 'place_order', null, null],
      ['U', 'orders', 'What was sold', '1200'],
      ['PK', 'pk_orders', null, null],
      ['V', 'open_orders', null, null],
      ['SO', 'numbers', null, null],
      ['U', 'items', null, '3'],
    );
    await using pair = await connected([["SCHEMA_ID(N'dbo')", Buffer.concat([rows(['1']), members])]]);
    const nodes = await pair.connection.children([dbo]);
    expect(nodes.map((node) => Node.parse(node))).toEqual([
      { kind: 'table', name: 'items', rows: 3, expandable: true },
      { kind: 'table', name: 'orders', comment: 'What was sold', rows: 1200, expandable: true },
      { kind: 'view', name: 'open_orders', expandable: true },
      { kind: 'sequence', name: 'numbers', expandable: false },
      { kind: 'function', name: 'place_order', detail: 'procedure', expandable: false },
    ]);
  });

  it("shows a table's columns, with their types as T-SQL writes them", async () => {
    const columns = rows(
      ['id', 'bigint', '8', '19', '0', null],
      ['name', 'nvarchar', '200', '0', '0', 'As printed'],
      ['data', 'varbinary', '-1', '0', '0', null],
      ['price', 'decimal', '9', '12', '2', null],
      ['at', 'datetime2', '8', '27', '7', null],
    );
    await using pair = await connected([['all_columns', Buffer.concat([rows(['U']), columns])]]);
    const nodes = await pair.connection.children(orders);
    expect(nodes.map(({ name, detail }) => [name, detail])).toEqual([
      ['id', 'bigint'],
      ['name', 'nvarchar(100)'],
      ['data', 'varbinary(max)'],
      ['price', 'decimal(12,2)'],
      ['at', 'datetime2(7)'],
    ]);
    expect(nodes[1]).toMatchObject({ kind: 'column', comment: 'As printed' });
    expect(pair.server.batches.at(-1)).toContain("OBJECT_ID(N'[dbo].[or]]d''ers]')");
  });

  it.each<[string, NodePath]>([
    ['schema', [dbo]],
    ['table', orders],
    ['place', [{ kind: 'table', name: 'orders' }]],
  ])('says that there is no such %s', async (_, path) => {
    await using pair = await connected();
    await expect(pair.connection.children(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });
});

it('names every table of SQL Server and its columns, for completion', async () => {
  const relations = rows(['1', 'dbo', 'orders', 'U'], ['2', 'dbo', 'open_orders', 'V']);
  const columns = rows(['1', 'id', 'bigint'], ['1', 'name', 'nvarchar'], ['2', 'id', 'bigint'], ['3', 'x', 'int']);
  await using pair = await connected([['sys.columns', Buffer.concat([relations, columns])]]);
  expect(Names.parse(await pair.connection.names())).toEqual({
    types: ['bigint', 'nvarchar'],
    tables: [
      ['dbo', 'orders', 'table', ['id', 0, 'name', 1]],
      ['dbo', 'open_orders', 'view', ['id', 0]],
    ],
  });
});

describe('what SQL Server knows of an object', () => {
  const TABLE = Buffer.concat([
    rows(['U', null, 'What was sold', '1200', '81920']),
    rows(
      ['id', 'bigint', '8', '19', '0', '0', null, '1', '0', null],
      ['name', 'nvarchar', '200', '0', '0', '1', "(N'none')", '0', '0', 'As printed'],
      ['total', 'decimal', '9', '12', '2', '1', '([price]*[count])', '0', '1', null],
    ),
    rows(
      ['pk_orders', '1', '0', '1', 'CLUSTERED', null, 'id', null, '8192'],
      ['uq_name', '0', '1', '1', 'NONCLUSTERED', null, 'name', null, '8192'],
      ['ix_name', '0', '0', '0', 'NONCLUSTERED', '([name] IS NOT NULL)', 'name\tid', 'total', null],
    ),
    rows(['fk_shop', 'web', 'shops', 'id', 'shop_id', 'CASCADE', 'NO_ACTION']),
    rows(['ck_name', "([name]<>N'')"]),
  ]);

  it('of a table: columns, keys, indexes, and the statement that makes it again', async () => {
    await using pair = await connected([['sys.indexes', TABLE]]);
    const described = ObjectDescription.parse(await pair.connection.describe(orders));
    expect(described).toMatchObject({ kind: 'table', comment: 'What was sold', rows: 1200, bytes: 81_920 });
    expect(described.columns).toEqual([
      { name: 'id', type: 'bigint', nullable: false, generated: true },
      {
        name: 'name',
        type: 'nvarchar(100)',
        nullable: true,
        default: "(N'none')",
        generated: false,
        comment: 'As printed',
      },
      { name: 'total', type: 'decimal(12,2)', nullable: true, default: '([price]*[count])', generated: true },
    ]);
    expect(described.keys.map(({ kind, columns }) => [kind, columns])).toEqual([
      ['primary', ['id']],
      ['unique', ['name']],
      ['foreign', ['id']],
      ['check', []],
    ]);
    expect(described.keys[2]?.references).toEqual({ schema: 'web', name: 'shops', columns: ['shop_id'] });
    expect(described.ddl).toBe(
      `CREATE TABLE [dbo].[or]]d'ers] (
  [id] bigint IDENTITY NOT NULL,
  [name] nvarchar(100) NULL DEFAULT (N'none'),
  [total] AS ([price]*[count]),
  CONSTRAINT [pk_orders] PRIMARY KEY CLUSTERED ([id]),
  CONSTRAINT [uq_name] UNIQUE NONCLUSTERED ([name]),
  CONSTRAINT [fk_shop] FOREIGN KEY ([id]) REFERENCES [web].[shops] ([shop_id]) ON DELETE CASCADE,
  CONSTRAINT [ck_name] CHECK ([name]<>N'')
);
CREATE NONCLUSTERED INDEX [ix_name] ON [dbo].[or]]d'ers] ([name], [id]) INCLUDE ([total]) WHERE ([name] IS NOT NULL);`,
    );
  });

  it('of one column', async () => {
    await using pair = await connected([['sys.indexes', TABLE]]);
    const described = await pair.connection.describe([...orders, { kind: 'column', name: 'name' }]);
    expect(described).toMatchObject({
      kind: 'column',
      columns: [{ name: 'name' }],
      keys: [{ name: 'uq_name' }],
      ddl: `ALTER TABLE [dbo].[or]]d'ers] ADD [name] nvarchar(100) NULL DEFAULT (N'none');`,
    });
  });

  it.each<[NodePath, [string, Buffer], string]>([
    [
      [dbo, { kind: 'function', name: 'p' }],
      ['OBJECT_DEFINITION', rows(['P', 'CREATE PROCEDURE p AS SELECT 1'])],
      'CREATE PROCEDURE p AS SELECT 1',
    ],
    [
      [dbo, { kind: 'function', name: 'p' }],
      ['OBJECT_DEFINITION', rows(['P', null])],
      '-- The database does not show how this was made to this user.',
    ],
    [
      [dbo, { kind: 'sequence', name: 's' }],
      ['sys.sequences', rows(['bigint', '1', '2', '0', '99', '1'])],
      'CREATE SEQUENCE [dbo].[s] AS bigint START WITH 1 INCREMENT BY 2 MINVALUE 0 MAXVALUE 99 CYCLE;',
    ],
    [[dbo], ['sys.schemas', rows(['dbo'])], 'CREATE SCHEMA [dbo] AUTHORIZATION [dbo];'],
  ])('of %j', async (path, answer, ddl) => {
    await using pair = await connected([answer]);
    expect(await pair.connection.describe(path)).toMatchObject({ path, columns: [], ddl });
  });

  it.each<[NodePath]>([[orders], [[dbo, { kind: 'view', name: 'v' }]], [[dbo, { kind: 'type', name: 't' }]], [[]]])(
    'says that there is no %j',
    async (path) => {
      await using pair = await connected([['sys.indexes', Buffer.concat([none, none, none, none, none])]]);
      await expect(pair.connection.describe(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    },
  );
});
