import { type Attribute, shopItems } from '#core/local/dynamo-db/shop-orders.ts';

const items = shopItems();
const text = (attribute: Attribute | undefined): string => (attribute && 'S' in attribute ? attribute.S : '');
const ofType = (type: string) => items.filter((item) => text(item.type) === type);

test('the items are the same each time', () => {
  expect(shopItems()).toEqual(items);
});

test('no two items have the same key', () => {
  expect(new Set(items.map(({ pk, sk }) => `${text(pk)} ${text(sk)}`)).size).toBe(items.length);
});

test('there are customers, their orders and the items of these', () => {
  expect([ofType('customer').length, ofType('order').length, ofType('item').length]).toEqual([200, 600, 1_200]);
});

test('each order stands under its customer, and its items under the order', () => {
  const customers = new Set(ofType('customer').map(({ pk }) => text(pk)));
  const orders = new Set(ofType('order').map(({ order }) => text(order)));
  for (const { pk } of ofType('order')) expect(customers).toContain(text(pk));
  for (const { pk } of ofType('item')) expect(orders).toContain(text(pk));
});

test('an order’s total is the sum of its items', () => {
  const amount = (attribute: Attribute | undefined) =>
    attribute && 'N' in attribute ? Number(attribute.N) : Number.NaN;
  for (const { order, total } of ofType('order').slice(0, 50)) {
    const lines = ofType('item').filter(({ pk }) => text(pk) === text(order));
    const sum = lines.reduce((all, { quantity, price }) => all + amount(quantity) * amount(price), 0);
    expect(amount(total)).toBeCloseTo(sum, 2);
  }
});

test('customers and orders are in the index, items are not', () => {
  for (const item of [...ofType('customer'), ...ofType('order')]) {
    expect(text(item.gsi1pk)).not.toBe('');
    expect(text(item.gsi1sk)).not.toBe('');
  }
  for (const item of ofType('item')) expect(item.gsi1pk).toBeUndefined();
});

test('all kinds of values occur', () => {
  const kinds = new Set(items.flatMap((item) => Object.values(item).flatMap((value) => Object.keys(value))));
  expect([...kinds].sort()).toEqual(['BOOL', 'L', 'M', 'N', 'NULL', 'S', 'SS']);
});
