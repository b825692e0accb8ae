import { readScope } from '../../../frontend/src/editor/statement-scope.ts';

/** The scope at the `|` of a statement. */
const at = (marked: string) => readScope(marked.replace('|', ''), marked.indexOf('|'));
const tables = (marked: string) =>
  at(marked).tables.map(
    ({ schema, name, alias }) => [schema, name].filter(Boolean).join('.') + (alias ? ` ${alias}` : ''),
  );

test.each([
  ['|', 'any'],
  ['select |', 'any'],
  ['select a from |', 'table'],
  ['select a from o|', 'table'],
  ['select a from orders |', 'any'],
  ['select a from orders o, |', 'table'],
  ['select a from orders o, public.c|', 'table'],
  ['select a from orders join |', 'table'],
  ['select a from orders o join customers c on |', 'join'],
  ['select a from orders o join customers c on o.id = |', 'any'],
  ['select a from orders where |', 'any'],
  ['select a from orders where x in (select y from |', 'table'],
  ['select a from (select b from t) |', 'any'],
  ['update |', 'table'],
  ['update orders set |', 'any'],
  ['insert into |', 'table'],
  ['insert into orders (|', 'insert'],
  ['insert into public.orders (id, |', 'insert'],
  ['insert into orders (id) values (|', 'any'],
  ['delete from |', 'table'],
  ['select count(|', 'any'],
  ["select 'a|", 'nothing'],
  ["select 'a|'", 'nothing'],
  ['select -- note|', 'nothing'],
  ['select /* note |', 'nothing'],
  ['select 12|', 'nothing'],
])('at %s is expected: %s', (marked, expected) => {
  expect(at(marked).expects).toBe(expected);
});

test('what is typed of a name is its prefix, from where it begins', () => {
  expect(at('select cust|')).toMatchObject({ prefix: 'cust', from: 7, quoted: false, path: [] });
  expect(at('select cu|stomer')).toMatchObject({ prefix: 'cu', from: 7 });
  expect(at('select "Ord|')).toMatchObject({ prefix: 'Ord', from: 7, quoted: true });
  expect(at('select a |')).toMatchObject({ prefix: '', from: 9 });
  expect(at('select "a"|')).toMatchObject({ prefix: '', from: 10 });
});

test('the names before dots are the path', () => {
  expect(at('select o.|')).toMatchObject({ path: ['o'], prefix: '', from: 9 });
  expect(at('select public."Order Items".na|')).toMatchObject({ path: ['public', 'Order Items'], prefix: 'na' });
  expect(at('select a from public.o|')).toMatchObject({ path: ['public'], prefix: 'o', expects: 'table' });
});

test.each([
  ['select | from orders', ['orders']],
  ['select | from public.orders o', ['public.orders o']],
  ['select | from orders as o, customers c', ['orders o', 'customers c']],
  ['select | from orders o left join customers on true', ['orders o', 'customers']],
  ['select | from "Order Items" "I"', ['Order Items I']],
  ['select | from only orders o where x', ['orders o']],
  ['update orders o set | where 1', ['orders o']],
  ['delete from orders using customers c where |', ['orders']],
  ['insert into orders (|) values (1)', ['orders']],
  ['select | from generate_series(1, 10) g', ['g g']],
  ['select | from (select 1) sub', ['sub sub']],
  ['select extract(year from at), | from orders', ['orders']],
])('%s uses %j', (marked, expected) => {
  expect(tables(marked)).toEqual(expected);
});

test('inside of a subquery its own tables come first, then those around it', () => {
  expect(tables('select * from orders o where exists (select | from items i)')).toEqual(['items i', 'orders o']);
});

test('outside of a subquery its tables are not seen', () => {
  expect(tables('select | from orders o where exists (select 1 from items i)')).toEqual(['orders o']);
});

test('common table expressions are known by name, with the columns they name', () => {
  const scope = at(
    'with recent as (select id from orders), named (a, b) as materialized (select 1, 2) select | from recent r',
  );
  expect(scope.expressions.map(({ name, columns }) => [name, columns])).toEqual([
    ['recent', []],
    ['named', ['a', 'b']],
  ]);
  expect(scope.tables.map(({ name, alias }) => [name, alias])).toEqual([['recent', 'r']]);
});

test('a subquery has a name and no table', () => {
  expect(at('select | from (select a from t) as sub').tables[0]).toMatchObject({ name: 'sub', derived: true });
});

test('broken statements are read as far as they go', () => {
  for (const marked of [')|', '((((|', 'from from |', 'select * from , |', 'with as (|', '"|', '.|', 'a..|'])
    expect(() => at(marked)).not.toThrow();
});
