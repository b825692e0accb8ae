import { announcement, guardScan, type Plan, planOf, type Reading } from '#core/engines/dynamodb/plan.ts';
import { readStatement } from '#core/engines/dynamodb/statements.ts';

const facts = { hash: 'pk', range: 'sk', items: 2_000_000, bytes: 4_000_000_000 };
const plan = (statement: string) => planOf(readStatement(statement, false), facts);
const limits = { items: 1_000_000, bytes: 1_000_000_000 };
const reading = (way: Plan['way'], changes: Partial<Reading> & { filtered?: boolean } = {}): Reading => ({
  table: 'orders',
  index: undefined,
  plan: { way, filtered: changes.filtered ?? true },
  facts,
  most: 10_000_000,
  ...changes,
});

test.each([
  `pk = 'a'`,
  `"pk" = 'a' AND sk > 5`,
  `sk BETWEEN 1 AND 2 AND pk = 'a'`,
  `'a' = pk`,
  `pk IN ['a', 'b']`,
  `pk IN ('a', 'b')`,
  `pk = 'a' AND (x = 1 OR y = 2)`,
  `pk = 'a' ORDER BY sk DESC`,
])('WHERE %s reads by the key', (where) => {
  expect(plan(`SELECT * FROM orders WHERE ${where}`)).toEqual({ way: 'key', filtered: true });
});

test.each([`total > 5`, `sk = 'a'`, `note = 'pk = 1'`, `x = 1 OR y = 2`])('WHERE %s scans', (where) => {
  expect(plan(`SELECT * FROM orders WHERE ${where}`)).toEqual({ way: 'scan', filtered: true });
});

test('without WHERE it scans, and may stop early', () => {
  expect(plan('SELECT pk FROM orders')).toEqual({ way: 'scan', filtered: false });
  expect(plan('SELECT pk FROM orders ORDER BY sk')).toEqual({ way: 'scan', filtered: false });
});

test.each([
  `pk = 'a' OR x = 1`,
  `pk > 'a'`,
  `NOT pk = 'a'`,
  `begins_with(pk, 'a')`,
  `(pk = 'a')`,
  `PK = 'a'`,
  `pk = other`,
  `pk = 'a' || 'b'`,
])('WHERE %s cannot be told for certain', (where) => {
  expect(plan(`SELECT * FROM orders WHERE ${where}`)).toEqual({ way: 'unsure', filtered: true });
});

test('a QUERY reads by a key, a SCAN scans', () => {
  expect(plan('QUERY {"table": "t", "key": {"pk": "a"}}').way).toBe('key');
  expect(plan('SCAN {"table": "t"}')).toEqual({ way: 'scan', filtered: false });
  expect(plan('SCAN {"table": "t", "filter": {"a": 1}}')).toEqual({ way: 'scan', filtered: true });
});

describe('before it runs it is said', () => {
  it('by which key it reads', () => {
    expect(announcement(reading('key'))).toEqual({
      severity: 'INFO',
      message: 'Reads the table orders by its key pk, out of about 2,000,000 items (4 GB).',
    });
    expect(announcement(reading('key', { index: 'by-day' })).message).toContain('the index by-day of orders');
  });

  it('that it scans all, or where it stops', () => {
    expect(announcement(reading('scan'))).toEqual({
      severity: 'WARNING',
      message: 'Scans the whole of the table orders: about 2,000,000 items (4 GB).',
    });
    expect(announcement(reading('scan', { filtered: false, most: 1_000 })).message).toBe(
      'Scans the table orders from its beginning and stops after 1,000 items (2 MB) of about 2,000,000 items (4 GB).',
    );
  });

  it('that Lodge cannot tell', () => {
    expect(announcement(reading('unsure'))).toMatchObject({
      severity: 'WARNING',
      message: expect.stringContaining('cannot tell'),
    });
  });

  it('also of an empty table', () => {
    const empty = { ...facts, items: 0, bytes: 0 };
    expect(announcement(reading('scan', { facts: empty })).message).toContain('about 0 items (0 B)');
  });
});

describe('a reader', () => {
  it('is stopped from scanning more than the limits, and told what to do', () => {
    for (const way of ['scan', 'unsure'] as const)
      expect(() => guardScan(reading(way), limits)).toThrow(
        expect.objectContaining({
          code: 'STATEMENT_FAILED',
          message: expect.stringContaining('at most 1,000,000 items (1 GB)'),
          details: { hint: expect.stringContaining('pk = …') },
        }),
      );
  });

  it('is stopped by bytes as by items', () => {
    const few = { ...facts, items: 10 };
    expect(() => guardScan(reading('scan', { facts: few }), limits)).toThrow('4 GB');
    expect(() => guardScan(reading('scan', { facts: { ...facts, bytes: 1 } }), limits)).toThrow('2,000,000 items');
  });

  it('reads by keys, small tables, and the beginning of large ones', () => {
    expect(() => guardScan(reading('key'), limits)).not.toThrow();
    expect(() => guardScan(reading('scan', { facts: { ...facts, items: 10, bytes: 10 } }), limits)).not.toThrow();
    expect(() => guardScan(reading('scan', { filtered: false, most: 1_000 }), limits)).not.toThrow();
  });

  it('is stopped where a filter would go through all for a few rows', () => {
    expect(() => guardScan(reading('scan', { most: 1_000 }), limits)).toThrow(
      'readers and unattended runs may scan at most',
    );
  });
});
