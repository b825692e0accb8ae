import type { NodePath } from '#contract/objects.ts';
import type { Connection } from '#core/engines/engine.ts';
import { mysql } from '#core/engines/mysql/mysql.ts';
import { describeWith } from '../../../support/machine.ts';
import { type MariaDbTestServer, startMariaDbServer } from '../../../support/mariadb-server.ts';
import { collect } from '../collect.ts';

const SET_UP = `
create table makers (id int primary key, name varchar(40) not null default 'nobody' comment 'as on the label', unique key named (name));
create table \`odd \`\`things\` (
  maker int not null, \`the number\` smallint unsigned not null, weight decimal(8,3) default null,
  double_weight decimal(9,3) generated always as (weight * 2) virtual, words text,
  primary key (maker, \`the number\`), key heavy (weight desc, words(10)), fulltext key spoken (words),
  constraint made_by foreign key (maker) references makers (id) on delete cascade, constraint light check (weight < 100)
) comment = 'Things, and others';
insert into makers values (1, 'a'), (2, 'b');
create view seen as select id, name from makers;
create sequence counter start with 5;
delimiter //
create function twice(x int) returns int deterministic comment 'two times' begin return x * 2; end //
create procedure twice_all() begin select 1; select 2; end //`;

let server: MariaDbTestServer;
let connection: Connection;
const path = (...steps: [NodePath[number]['kind'], string][]): NodePath => [
  { kind: 'schema', name: 'workplace' },
  ...steps.map(([kind, name]) => ({ kind, name })),
];
describeWith('mariadb', 'the catalogue of MariaDB', () => {
  beforeAll(async () => {
    server = await startMariaDbServer();
    const { target, login } = server;
    connection = await mysql.connect(target, login, { readOnly: false, signal: new AbortController().signal });
    const { error } = await collect(connection, SET_UP);
    if (error) throw error;
  }, 120_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  test('the tree says of each schema whether it is the system’s, those last', async () => {
    const schemas = await connection.children([]);
    expect(schemas[0]).toEqual({ kind: 'schema', name: 'workplace', expandable: true });
    expect(schemas.slice(1).map(({ name, detail }) => [name, detail])).toEqual(
      ['information_schema', 'mysql', 'performance_schema', 'sys'].map((name) => [name, 'system']),
    );
  });

  test('a schema holds tables, views, sequences and routines, in this order', async () => {
    const members = await connection.children(path());
    expect(members.map(({ rows, ...member }) => member)).toEqual([
      { kind: 'table', name: 'makers', expandable: true },
      { kind: 'table', name: 'odd `things', comment: 'Things, and others', expandable: true },
      { kind: 'view', name: 'seen', expandable: true },
      { kind: 'sequence', name: 'counter', expandable: false },
      { kind: 'function', name: 'twice', detail: 'int(11)', comment: 'two times', expandable: false },
      { kind: 'function', name: 'twice_all', detail: 'procedure', expandable: false },
    ]);
  });

  test('columns come with their types as MySQL writes them, and with their comments', async () => {
    expect(await connection.children(path(['table', 'makers']))).toEqual([
      { kind: 'column', name: 'id', detail: 'int(11)', expandable: false },
      { kind: 'column', name: 'name', detail: 'varchar(40)', comment: 'as on the label', expandable: false },
    ]);
    expect(await connection.children(path(['function', 'twice']))).toEqual([]);
  });

  test('a table is described with all of its keys and indexes', async () => {
    const described = await connection.describe(path(['table', 'odd `things']));
    expect(described.comment).toBe('Things, and others');
    expect(described.columns.map(({ name, type, nullable, generated }) => [name, type, nullable, generated])).toEqual([
      ['maker', 'int(11)', false, false],
      ['the number', 'smallint(5) unsigned', false, false],
      ['weight', 'decimal(8,3)', true, false],
      ['double_weight', 'decimal(9,3)', true, true],
      ['words', 'text', true, false],
    ]);
    expect(described.keys.map(({ name, kind, columns }) => [name, kind, columns])).toEqual([
      ['PRIMARY', 'primary', ['maker', 'the number']],
      ['made_by', 'foreign', ['maker']],
      ['light', 'check', []],
    ]);
    expect(described.keys[1]?.references).toEqual({ schema: 'workplace', name: 'makers', columns: ['id'] });
    expect(described.keys[1]?.definition).toContain('ON DELETE CASCADE');
    expect(described.keys[2]?.definition).toContain('`weight` < 100');
    expect(described.indexes.map(({ name, unique, method }) => [name, unique, method])).toEqual([
      ['PRIMARY', true, 'btree'],
      ['heavy', false, 'btree'],
      ['spoken', false, 'fulltext'],
    ]);
    expect(described.indexes[1]?.definition).toMatch(/`weight` DESC,`words`\(10\)/);
    expect(described.ddl).toMatch(/^CREATE TABLE `workplace`\.`odd ``things` \(/);
  });

  test('defaults and unique keys are said', async () => {
    const { columns, keys } = await connection.describe(path(['table', 'makers']));
    expect(columns[1]).toEqual({
      name: 'name',
      type: 'varchar(40)',
      nullable: false,
      default: `'nobody'`,
      generated: false,
      comment: 'as on the label',
    });
    expect(keys).toContainEqual(expect.objectContaining({ name: 'named', kind: 'unique', columns: ['name'] }));
  });

  test.each<[string, NodePath, RegExp]>([
    ['a schema', path(), /^CREATE DATABASE `workplace`.*;$/],
    ['a view', path(['view', 'seen']), /^CREATE .*VIEW `workplace`\.`seen` AS select/],
    ['a sequence', path(['sequence', 'counter']), /^CREATE SEQUENCE `workplace`\.`counter` start with 5/],
    ['a function', path(['function', 'twice']), /^CREATE .*FUNCTION `workplace`\.`twice`[\s\S]*end;$/],
    ['a procedure', path(['function', 'twice_all']), /^CREATE .*PROCEDURE `workplace`\.`twice_all`/],
    [
      'a column',
      path(['table', 'makers'], ['column', 'name']),
      /^ALTER TABLE `workplace`\.`makers` ADD COLUMN `name` varchar/,
    ],
  ])('%s is described by the statement that makes it', async (_, place, ddl) => {
    expect((await connection.describe(place)).ddl).toMatch(ddl);
  });

  test('what is not there is not found', async () => {
    for (const place of [
      path(['sequence', 'nothing']),
      path(['function', 'nothing']),
      path(['type', 'nothing']),
      path(['table', 'makers'], ['column', 'nothing']),
      [{ kind: 'table' as const, name: 'makers' }],
    ])
      await expect(connection.describe(place)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });

  test('what the user may not see is said, and the rest is shown', async () => {
    const admin = await server.client(server.login, 'workplace');
    await admin.query(`create user looker@'%' identified by 'looks'; grant select on workplace.* to looker@'%'`);
    const login = { user: 'looker', password: 'looks' };
    await using looker = await mysql.connect(server.target, login, {
      readOnly: true,
      signal: new AbortController().signal,
    });
    const view = await looker.describe(path(['view', 'seen']));
    expect(view.columns.map(({ name }) => name)).toEqual(['id', 'name']);
    expect(view.ddl).toMatch(/^-- /);
  });

  test('completion knows the columns of tables and views in their order, and nothing of the system', async () => {
    const { tables, types } = await connection.names();
    const named = tables.map(([schema, name, kind, columns]) => [
      `${schema}.${name}`,
      kind,
      ...columns.map((each) => (typeof each === 'number' ? types[each] : each)),
    ]);
    expect(named.sort()).toEqual([
      ['workplace.makers', 'table', 'id', 'int', 'name', 'varchar'],
      [
        ...['workplace.odd `things', 'table', 'maker', 'int', 'the number', 'smallint', 'weight', 'decimal'],
        ...['double_weight', 'decimal', 'words', 'text'],
      ],
      ['workplace.seen', 'view', 'id', 'int', 'name', 'varchar'],
    ]);
  });
});
