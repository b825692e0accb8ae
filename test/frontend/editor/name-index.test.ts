import type { Names } from '#contract/objects.ts';
import { NameIndex } from '../../../frontend/src/editor/name-index.ts';

const SHOP: Names = {
  types: ['bigint', 'text', 'numeric(12,2)'],
  tables: [
    ['public', 'orders', 'table', ['id', 0, 'customer_id', 0, 'total', 2]],
    ['public', 'customers', 'table', ['id', 0, 'name', 1]],
    ['archive', 'orders', 'table', ['id', 0]],
    ['public', 'Order Items', 'table', []],
    ['public', 'open_orders', 'view', ['id', 0]],
    ['public', 'reorders', 'table', []],
  ],
};
const shop = new NameIndex(SHOP);
const labels = (tables: { schema: string; name: string }[]) => tables.map(({ schema, name }) => `${schema}.${name}`);

test('a prefix is found in any case, in order', () => {
  expect(labels(shop.withPrefix('ORD', 10))).toEqual(['public.Order Items', 'public.orders', 'archive.orders']);
  expect(labels(shop.withPrefix('', 2))).toEqual(['public.customers', 'public.open_orders']);
  expect(shop.withPrefix('zzz', 10)).toEqual([]);
});

test('a part of a name is found after an underscore first, then anywhere, and never at the beginning', () => {
  expect(labels(shop.containing('ord', 10))).toEqual(['public.open_orders', 'public.reorders']);
  expect(labels(shop.containing('ord', 1))).toEqual(['public.open_orders']);
  expect(shop.containing('\n', 10)).toEqual([]);
});

test('a name may belong to several schemas', () => {
  expect(labels(shop.named('orders'))).toEqual(['public.orders', 'archive.orders']);
  expect(labels(shop.named('Orders', 'ARCHIVE'))).toEqual(['archive.orders']);
  expect(shop.named('order')).toEqual([]);
});

test('a schema is an index of its own', () => {
  expect(shop.schemas).toEqual(['archive', 'public']);
  expect(labels(shop.schema('Archive')?.withPrefix('', 10) ?? [])).toEqual(['archive.orders']);
  expect(shop.schema('nowhere')).toBeUndefined();
  expect(shop.schema('archive')).toBe(shop.schema('archive'));
});

test('columns are unpacked with their types', () => {
  expect(shop.columns({ schema: 'public', name: 'orders' })).toEqual([
    { name: 'id', type: 'bigint' },
    { name: 'customer_id', type: 'bigint' },
    { name: 'total', type: 'numeric(12,2)' },
  ]);
  expect(shop.columns({ schema: 'archive', name: 'orders' })).toHaveLength(1);
  expect(shop.columns({ schema: 'public', name: 'nothing' })).toEqual([]);
});

test('an empty database has an empty index', () => {
  const empty = new NameIndex({ types: [], tables: [] });
  expect([empty.size, empty.withPrefix('', 5), empty.containing('a', 5), empty.schemas]).toEqual([0, [], [], []]);
});

describe('twenty thousand tables', () => {
  const count = 20_000;
  const tables: Names['tables'] = Array.from({ length: count }, (_, number) => {
    // Not in order: 7,919 is prime to the count, so each number comes once.
    const id = String((number * 7_919) % count).padStart(5, '0');
    return [`schema_${Number(id) % 40}`, `table_${id}`, 'table', ['id', 0, `column_${id}`, 1]];
  });
  const index = new NameIndex({ types: ['bigint', 'text'], tables });

  test('all of them are in it, and each is found by its whole name', () => {
    expect(index.size).toBe(count);
    for (const id of ['00000', '00001', '09999', '12345', '19999']) {
      const [table] = index.named(`TABLE_${id}`);
      expect(table).toEqual({ schema: `schema_${Number(id) % 40}`, name: `table_${id}`, kind: 'table' });
      expect(table && index.columns(table)).toEqual([
        { name: 'id', type: 'bigint' },
        { name: `column_${id}`, type: 'text' },
      ]);
    }
  });

  test('a prefix gives exactly its tables, sorted', () => {
    const found = index.withPrefix('table_123', 1_000);
    expect(found.map(({ name }) => name)).toEqual(Array.from({ length: 100 }, (_, id) => `table_${12_300 + id}`));
    expect(index.withPrefix('table_', 50)).toHaveLength(50);
  });

  test('a part gives exactly its tables', () => {
    const found = index.containing('777', 1_000).map(({ name }) => name);
    const expected = tables.map(([, name]) => name).filter((name) => name.includes('777'));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test('a schema holds its share', () => {
    expect(index.schemas).toHaveLength(40);
    expect(index.schema('schema_7')?.size).toBe(500);
  });
});
