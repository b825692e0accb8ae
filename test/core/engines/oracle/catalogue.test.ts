import { Names, Node, type NodePath, ObjectDescription } from '#contract/objects.ts';
import { oracleError, scripted } from './scripted-line.ts';

/** The queries of the catalogue are never run here, for there is no database that could: what their rows become is. */
const shop = { kind: 'schema', name: 'SHOP' } as const;
const orders: NodePath = [shop, { kind: 'table', name: 'ORDERS' }];

const NUMBERS = [null, null, '22', '0', null] as const;

describe('the tree of Oracle', () => {
  it('begins with schemas', async () => {
    const { connection } = await scripted([
      [
        'all_users',
        {
          rows: [
            ['SHOP', '0'],
            ['SYS', '1'],
          ],
        },
      ],
    ]);
    expect(await connection.children([])).toEqual([
      { kind: 'schema', name: 'SHOP', expandable: true },
      { kind: 'schema', name: 'SYS', detail: 'system', expandable: true },
    ]);
  });

  it('shows what a schema holds, kind by kind, and a materialized view once', async () => {
    const rows = [
      ['SCHEMA', 'SHOP', null, null],
      ['PACKAGE', 'BILLING', null, null],
      ['TABLE', 'TOTALS', null, '9'],
      ['TABLE', 'ORDERS', 'What was sold', '1200'],
      ['MATERIALIZED VIEW', 'TOTALS', null, null],
      ['VIEW', 'OPEN_ORDERS', null, null],
      ['PROCEDURE', 'PLACE', null, null],
    ];
    const { connection, script } = await scripted([['all_objects', { rows }]]);
    const nodes = await connection.children([shop]);
    expect(nodes.map((node) => Node.parse(node))).toEqual([
      { kind: 'table', name: 'ORDERS', comment: 'What was sold', rows: 1200, expandable: true },
      { kind: 'view', name: 'OPEN_ORDERS', expandable: true },
      { kind: 'materialized-view', name: 'TOTALS', expandable: true },
      { kind: 'function', name: 'BILLING', detail: 'package', expandable: false },
      { kind: 'function', name: 'PLACE', detail: 'procedure', expandable: false },
    ]);
    expect(script.asked.at(-1)?.binds).toEqual({ owner: 'SHOP' });
  });

  it("shows a table's columns, with their types as Oracle writes them", async () => {
    const rows = [
      ['0', 'TABLE', null, ...NUMBERS, null],
      ['1', 'ID', 'NUMBER', '12', '0', '22', '0', null, null],
      ['2', 'NAME', 'VARCHAR2', null, null, '400', '100', 'C', 'As printed'],
      ['3', 'CODE', 'CHAR', null, null, '2', '2', 'B', null],
      ['4', 'PRICE', 'NUMBER', '12', '2', '22', '0', null, null],
      ['5', 'ANY', 'NUMBER', null, null, '22', '0', null, null],
      ['6', 'AT', 'TIMESTAMP(6)', null, '6', '11', '0', null, null],
    ];
    const { connection } = await scripted([['all_tab_columns', { rows }]]);
    const nodes = await connection.children(orders);
    expect(nodes.map(({ name, detail }) => [name, detail])).toEqual([
      ['ID', 'NUMBER(12)'],
      ['NAME', 'VARCHAR2(100 CHAR)'],
      ['CODE', 'CHAR(2 BYTE)'],
      ['PRICE', 'NUMBER(12,2)'],
      ['ANY', 'NUMBER'],
      ['AT', 'TIMESTAMP(6)'],
    ]);
    expect(nodes[1]).toMatchObject({ kind: 'column', comment: 'As printed' });
  });

  it.each<[string, NodePath]>([
    ['schema', [shop]],
    ['table', orders],
    ['place', [{ kind: 'table', name: 'ORDERS' }]],
  ])('says that there is no such %s', async (_, path) => {
    const { connection } = await scripted([]);
    await expect(connection.children(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });
});

it('names every table of Oracle and its columns, for completion', async () => {
  const rows = [
    ['SHOP', 'ORDERS', '0', 'TABLE', null],
    ['SHOP', 'ORDERS', '1', 'ID', 'NUMBER'],
    ['SHOP', 'TOTALS', '0', 'MATERIALIZED VIEW', null],
    ['SHOP', 'TOTALS', '0', 'TABLE', null],
    ['SHOP', 'TOTALS', '1', 'ID', 'NUMBER'],
    ['SHOP', 'GONE', '1', 'ID', 'NUMBER'],
  ];
  const { connection } = await scripted([['all_tab_columns', { rows }]]);
  expect(Names.parse(await connection.names())).toEqual({
    types: ['NUMBER'],
    tables: [
      ['SHOP', 'ORDERS', 'table', ['ID', 0]],
      ['SHOP', 'TOTALS', 'materialized-view', ['ID', 0]],
    ],
  });
});

describe('what Oracle knows of an object', () => {
  const COLUMNS = [
    ['ID', 'NUMBER', '12', '0', '22', '0', null, 'N', '"SHOP"."ISEQ$$_1".nextval', 'NO', 'YES', null],
    ['NAME', 'VARCHAR2', null, null, '100', '100', 'B', 'Y', "'none' ", 'NO', 'NO', 'As printed'],
  ];
  const KEYS = [
    ['CK_NAME', 'C', "name <> 'x'", null, 'NAME', null, null, null],
    ['SYS_C001', 'C', '"ID" IS NOT NULL', null, 'ID', null, null, null],
    ['FK_SHOP', 'R', null, 'CASCADE', 'ID\u0001NAME', 'WEB', 'SHOPS', 'A\u0001B'],
    ['PK_ORDERS', 'P', null, null, 'ID', null, null, null],
  ];
  const TABLE = [
    ['all_tab_cols', { rows: COLUMNS }],
    ['all_constraints', { rows: KEYS }],
    ['all_indexes', { rows: [['PK_ORDERS', 'UNIQUE', 'NORMAL', 'ID']] }],
    ['GET_DDL', { rows: [['\n  CREATE TABLE "SHOP"."ORDERS" (…)']] }],
    ['all_objects', { rows: [['TABLE', 'What was sold', '1200', '81920']] }],
  ] as const;

  it('of a table: columns, keys, indexes, and the statement that makes it again', async () => {
    const { connection, script } = await scripted(TABLE);
    const described = ObjectDescription.parse(await connection.describe(orders));
    expect(described).toEqual({
      kind: 'table',
      path: orders,
      comment: 'What was sold',
      rows: 1200,
      bytes: 81_920,
      columns: [
        { name: 'ID', type: 'NUMBER(12)', nullable: false, default: '"SHOP"."ISEQ$$_1".nextval', generated: true },
        {
          name: 'NAME',
          type: 'VARCHAR2(100 BYTE)',
          nullable: true,
          default: "'none'",
          generated: false,
          comment: 'As printed',
        },
      ],
      keys: [
        { name: 'PK_ORDERS', kind: 'primary', columns: ['ID'], definition: 'PRIMARY KEY ("ID")' },
        {
          name: 'FK_SHOP',
          kind: 'foreign',
          columns: ['ID', 'NAME'],
          definition: 'FOREIGN KEY ("ID", "NAME") REFERENCES "WEB"."SHOPS" ("A", "B") ON DELETE CASCADE',
          references: { schema: 'WEB', name: 'SHOPS', columns: ['A', 'B'] },
        },
        { name: 'CK_NAME', kind: 'check', columns: ['NAME'], definition: "CHECK (name <> 'x')" },
      ],
      indexes: [
        {
          name: 'PK_ORDERS',
          unique: true,
          method: 'normal',
          definition: 'CREATE UNIQUE INDEX "PK_ORDERS" ON "SHOP"."ORDERS" ("ID")',
        },
      ],
      ddl: 'CREATE TABLE "SHOP"."ORDERS" (…)',
    });
    expect(script.asked.at(-1)?.binds).toEqual({ type: 'TABLE', name: 'ORDERS', owner: 'SHOP' });
  });

  it('of one column', async () => {
    const { connection } = await scripted(TABLE);
    const described = await connection.describe([...orders, { kind: 'column', name: 'NAME' }]);
    expect(described).toMatchObject({
      kind: 'column',
      columns: [{ name: 'NAME' }],
      ddl: `ALTER TABLE "SHOP"."ORDERS" ADD "NAME" VARCHAR2(100 BYTE) DEFAULT 'none';`,
    });
    expect(described.keys.map(({ name }) => name)).toEqual(['FK_SHOP', 'CK_NAME']);
  });

  it('of a package, as Oracle writes it', async () => {
    const path: NodePath = [shop, { kind: 'function', name: 'BILLING' }];
    const { connection, script } = await scripted([
      ['all_objects', { rows: [['PACKAGE']] }],
      ['GET_DDL', { rows: [['CREATE PACKAGE BILLING …']] }],
    ]);
    expect(await connection.describe(path)).toMatchObject({ columns: [], ddl: 'CREATE PACKAGE BILLING …' });
    expect(script.asked.at(-1)?.binds).toMatchObject({ type: 'PACKAGE' });
  });

  it('and that this user may not see how it was made', async () => {
    const fails = oracleError('ORA-31603', 'object "BILLING" not found\nin schema');
    const { connection } = await scripted([
      ['all_objects', { rows: [['TYPE']] }],
      ['GET_DDL', { fails }],
    ]);
    const path: NodePath = [shop, { kind: 'type', name: 'BILLING' }];
    expect(await connection.describe(path)).toMatchObject({
      ddl: '-- ORA-31603: object "BILLING" not found\n-- in schema',
    });
  });

  it('of a schema', async () => {
    const { connection } = await scripted([['all_users', { rows: [['SHOP']] }]]);
    expect(await connection.describe([shop])).toMatchObject({ ddl: 'CREATE USER "SHOP" IDENTIFIED BY …;' });
  });

  it.each<[NodePath]>([[orders], [[shop, { kind: 'view', name: 'V' }]], [[shop, { kind: 'index', name: 'I' }]], [[]]])(
    'says that there is no %j',
    async (path) => {
      const { connection } = await scripted([]);
      await expect(connection.describe(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    },
  );
});
