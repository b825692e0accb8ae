import { ENGINES } from '#contract/engines.ts';
import type { NodePath } from '#contract/objects.ts';
import { qualifiedName, selectAll } from '../../../../frontend/src/features/workbench/select-all.ts';

const path = (schema: string, name: string): NodePath => [
  { kind: 'schema', name: schema },
  { kind: 'table', name },
];

describe('opening a table', () => {
  it('reads every column and row, and adds no LIMIT', () => {
    expect(selectAll(path('shop', 'orders'), ENGINES.postgres)).toBe('SELECT * FROM shop.orders;');
  });

  it.each([
    ['Order Items', 'shop."Order Items"'],
    ['order', 'shop."order"'],
    ['say "hi"', 'shop."say ""hi"""'],
    ['2024', 'shop."2024"'],
    ['orders_2024', 'shop.orders_2024'],
  ])('writes %p as %p', (name, written) => {
    expect(qualifiedName(path('shop', name), ENGINES.postgres)).toBe(written);
  });

  it("quotes as the engine's dialect does", () => {
    expect(qualifiedName(path('shop', 'order items'), ENGINES.mysql)).toBe('shop.`order items`');
  });

  it('leaves the database to the connection', () => {
    const full = [{ kind: 'database' as const, name: 'shop' }, ...path('public', 'orders')];
    expect(qualifiedName(full, ENGINES.postgres)).toBe('public.orders');
  });

  it('quotes every name of DynamoDB, and reads an index through its table', () => {
    const index: NodePath = [
      { kind: 'table', name: 'shop-orders' },
      { kind: 'index', name: 'gsi1' },
    ];
    expect(selectAll(index, ENGINES.dynamodb)).toBe('SELECT * FROM "shop-orders"."gsi1";');
    expect(selectAll(index.slice(0, 1), ENGINES.dynamodb)).toBe('SELECT * FROM "shop-orders";');
  });

  it.each([
    [['catalog', 'products'], 'db.products.find({});'],
    [['catalog', 'old.products'], 'db.old.products.find({});'],
    [['catalog', 'odd "name"'], 'db.getCollection("odd \\"name\\"").find({});'],
    [['other', 'products'], 'db.getSiblingDB("other").products.find({});'],
  ])('finds the documents of the collection %j: %s', ([database = '', name = ''], written) => {
    const collection: NodePath = [
      { kind: 'database', name: database },
      { kind: 'collection', name },
    ];
    expect(selectAll(collection, ENGINES.documentdb, 'catalog')).toBe(written);
  });

  it('reads a collection by the index that is opened', () => {
    const index: NodePath = [
      { kind: 'database', name: 'catalog' },
      { kind: 'collection', name: 'products' },
      { kind: 'index', name: 'sku_1' },
    ];
    expect(selectAll(index, ENGINES.documentdb, 'catalog')).toBe('db.products.find({}).hint("sku_1");');
    expect(qualifiedName(index, ENGINES.documentdb, 'catalog')).toBe('db.products');
  });
});
