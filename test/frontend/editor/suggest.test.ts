import type { Names } from '#contract/objects.ts';
import { NameIndex } from '../../../frontend/src/editor/name-index.ts';
import { suggest } from '../../../frontend/src/editor/suggest.ts';

const SHOP: Names = {
  types: ['bigint', 'text', 'numeric(12,2)'],
  tables: [
    ['public', 'customers', 'table', ['id', 0, 'name', 1, 'Country', 1]],
    ['public', 'orders', 'table', ['id', 0, 'customer_id', 0, 'total', 2]],
    ['public', 'order', 'table', ['id', 0]],
    ['public', 'open_orders', 'view', ['order_id', 0]],
    ['archive', 'old_orders', 'table', ['id', 0, 'closed', 1]],
    ['Sales', 'Targets', 'table', ['id', 0]],
  ],
};
const index = new NameIndex(SHOP);
const at = (marked: string, names: NameIndex | undefined = index) =>
  suggest(marked.replace('|', ''), marked.indexOf('|'), names, 'postgres');
const labels = (marked: string) => at(marked)?.options.map(({ label }) => label) ?? [];
const applied = (marked: string, label: string) => at(marked)?.options.find((one) => one.label === label)?.apply;

test('after FROM the tables are offered, then the schemas', () => {
  expect(labels('select * from |')).toEqual([
    'customers',
    'old_orders',
    'open_orders',
    'order',
    'orders',
    'Targets',
    'Sales',
    'archive',
    'public',
  ]);
});

test('what begins with the letters typed comes before what contains them', () => {
  expect(labels('select * from ord|')).toEqual(['order', 'orders', 'old_orders', 'open_orders']);
});

test('names are quoted where they must be, and qualified where they would not be found', () => {
  expect(applied('select * from |', 'order')).toBe('"order"');
  expect(applied('select * from |', 'old_orders')).toBe('archive.old_orders');
  expect(applied('select * from |', 'Targets')).toBe('"Sales"."Targets"');
  expect(applied('select * from |', 'Sales')).toBe('"Sales"');
});

test('a name begun with a quote is written with quotes, from the quote on', () => {
  expect(at('select * from "ord|')).toMatchObject({ from: 14 });
  expect(applied('select * from "ord|', 'orders')).toBe('"orders"');
});

test('after a schema and a dot its tables are offered', () => {
  expect(labels('select * from archive.|')).toEqual(['old_orders']);
  expect(applied('select * from archive.o|', 'old_orders')).toBe('old_orders');
});

test('after an alias and a dot its columns are offered, with their types', () => {
  expect(at('select o.| from orders o')?.options).toEqual([
    { label: 'id', kind: 'column', detail: 'bigint', apply: 'id' },
    { label: 'customer_id', kind: 'column', detail: 'bigint', apply: 'customer_id' },
    { label: 'total', kind: 'column', detail: 'numeric(12,2)', apply: 'total' },
  ]);
  expect(labels('select o.to| from orders o')).toEqual(['total', 'customer_id']);
  expect(applied('select c.| from customers c', 'Country')).toBe('"Country"');
});

test('a table may be named with its schema, or before it is used', () => {
  expect(labels('select archive.old_orders.| from archive.old_orders')).toEqual(['id', 'closed']);
  expect(labels('select customers.|')).toEqual(['id', 'name', 'Country']);
  expect(labels('select nothing.|')).toEqual([]);
});

test('the columns of the tables in use come first in an expression', () => {
  expect(labels('select t| from orders').slice(0, 1)).toEqual(['total']);
  expect(labels('select | from customers').slice(0, 4)).toEqual(['id', 'name', 'Country', 'customers']);
});

test('a column that two tables have is offered once for each, by its table', () => {
  const found = labels('select i| from orders o join customers on true');
  expect(found.slice(0, 2)).toEqual(['o.id', 'customers.id']);
  expect(found).not.toContain('id');
});

test('in an INSERT the columns of its table are offered alone', () => {
  expect(labels('insert into orders (|')).toEqual(['id', 'customer_id', 'total']);
});

test('common table expressions are tables too', () => {
  expect(labels('with recent (a, b) as (select 1, 2) select * from re|')[0]).toBe('recent');
  expect(labels('with recent (a, b) as (select 1, 2) select r.| from recent r')).toEqual(['a', 'b']);
});

test('after ON the conditions that the names suggest come first', () => {
  expect(labels('select * from orders o join customers c on |')[0]).toBe('c.id = o.customer_id');
  expect(labels('select * from customers c join orders o on |')[0]).toBe('o.customer_id = c.id');
  expect(labels('select * from customers c join open_orders v on |')[0]).not.toMatch(/=/);
});

test('keywords are offered in the case in which they were begun', () => {
  expect(labels('sel|')).toContain('select');
  expect(labels('SEL|')).toContain('SELECT');
  expect(labels('select * from orders gr|')).toContain('group by');
  expect(labels('select coa|')).toContain('coalesce');
});

test('in strings, comments and numbers nothing is offered', () => {
  for (const marked of ["select 'ord|", '-- ord|', 'select 12|']) expect(at(marked)).toBeUndefined();
});

test('without names the keywords are still there', () => {
  expect(suggest('sel', 3, undefined, 'postgres')?.options.map(({ label }) => label)).toContain('select');
  expect(suggest('select * from ', 14, undefined, 'postgres')?.options).toEqual([]);
});

test('of twenty thousand tables a short list is offered, the right ones', () => {
  const tables: Names['tables'] = Array.from({ length: 20_000 }, (_, id) => [
    'public',
    `t_${String(id).padStart(5, '0')}`,
    'table',
    ['id', 0, `c_${id}`, 1],
  ]);
  const large = new NameIndex({ types: ['bigint', 'text'], tables });
  const all = at('select * from |', large)?.options ?? [];
  expect(all.length).toBeLessThanOrEqual(250);
  expect(at('select * from t_1234|', large)?.options.map(({ label }) => label)).toEqual(
    Array.from({ length: 10 }, (_, digit) => `t_1234${digit}`),
  );
  expect(at('select x.| from t_19999 x', large)?.options.map(({ label }) => label)).toEqual(['id', 'c_19999']);
});
