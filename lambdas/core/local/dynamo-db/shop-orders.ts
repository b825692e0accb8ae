/**
 * A single-table design, as one meets it: customers and their orders under one partition key, an order's items under
 * another, and an index that lists orders by status and customers by country. The same items on every machine.
 */

/** Values as DynamoDB writes them: `{ S: 'text' }`, `{ N: '1.50' }`. */
export type Attribute =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { SS: string[] }
  | { L: Attribute[] }
  | { M: Record<string, Attribute> };
export type Item = { pk: Attribute; sk: Attribute } & Record<string, Attribute>;

const CUSTOMERS = 200;
const ORDERS_EACH = 3;
const ITEMS_EACH = 2;

const FIRST = ['Ana', 'Bela', 'Chidi', 'Dora', 'Emre', 'Fatima', 'Goran', 'Hana', 'Ivo', 'Jun', 'Kemi', 'Lena'];
const LAST = ['Novak', 'Okafor', 'Petrov', 'Quinn', 'Rossi', 'Silva', 'Tanaka', 'Ueda', 'Vogel', 'Weber', 'Yilmaz'];
const COUNTRIES = ['DE', 'FR', 'HR', 'IT', 'JP', 'NG', 'PT', 'TR', 'US'];
const STATUSES = ['placed', 'paid', 'shipped', 'delivered', 'returned'];
const PRODUCTS = ['Kettle', 'Desk lamp', 'Notebook', 'Rain jacket', 'Bicycle bell', 'Coffee grinder', 'Wool socks'];

export const shopItems = (): Item[] => Array.from({ length: CUSTOMERS }, (_, index) => customer(index + 1)).flat();

const customer = (id: number): Item[] => {
  const pk = text(`CUSTOMER#${pad(id, 5)}`);
  const name = `${pick(FIRST, id)} ${pick(LAST, id * 7)}`;
  const country = pick(COUNTRIES, id * 5);
  const profile: Item = {
    pk,
    sk: text('PROFILE'),
    gsi1pk: text(`COUNTRY#${country}`),
    gsi1sk: text(name),
    type: text('customer'),
    name: text(name),
    email: text(`${name.toLowerCase().replace(' ', '.')}.${id}@example.com`),
    country: text(country),
    newsletter: { BOOL: id % 3 === 0 },
    referredBy: id % 4 === 0 ? text(`CUSTOMER#${pad(id / 4, 5)}`) : { NULL: true },
    interests: { SS: [...new Set([pick(PRODUCTS, id), pick(PRODUCTS, id * 3 + 1)])] },
  };
  return [profile, ...Array.from({ length: ORDERS_EACH }, (_, index) => order(pk, id, index)).flat()];
};

const order = (pk: Attribute, customerId: number, index: number): Item[] => {
  const number = customerId * 10 + index;
  const day = new Date(Date.UTC(2026, 0, 1) + ((number * 7_919) % 300) * 86_400_000 + (number % 1440) * 60_000);
  const at = day.toISOString();
  const status = pick(STATUSES, customerId + index * 2);
  const orderKey = `ORDER#${pad(number, 6)}`;
  const items = Array.from({ length: ITEMS_EACH }, (_, line) => lineItem(orderKey, number, line + 1));
  const cents = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const head: Item = {
    pk,
    sk: text(`ORDER#${at}`),
    gsi1pk: text(`STATUS#${status}`),
    gsi1sk: text(at),
    type: text('order'),
    order: text(orderKey),
    status: text(status),
    total: money(cents),
    shipTo: { M: { city: text(`City ${customerId % 40}`), postcode: text(pad(customerId * 13, 5)) } },
    history: { L: STATUSES.slice(0, STATUSES.indexOf(status) + 1).map(text) },
  };
  return [head, ...items.map(({ item }) => item)];
};

const lineItem = (orderKey: string, number: number, line: number) => {
  const quantity = 1 + ((number + line) % 4);
  const price = 499 + ((number * 31 + line * 101) % 9_000);
  const item: Item = {
    pk: text(orderKey),
    sk: text(`ITEM#${pad(line, 3)}`),
    type: text('item'),
    product: text(pick(PRODUCTS, number + line)),
    quantity: { N: String(quantity) },
    price: money(price),
  };
  return { item, quantity, price };
};

const text = (S: string): Attribute => ({ S });
const money = (cents: number): Attribute => ({ N: (cents / 100).toFixed(2) });
const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
