import type { Narrowing } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { narrowingOf, tableOf } from '#contract/patterns.ts';
import type { Tags } from '#contract/resources.ts';
import type { Calls } from '#core/engines/dynamodb/calls.ts';
import { guardTable } from '#core/engines/dynamodb/guard-table.ts';
import { readStatement } from '#core/engines/dynamodb/statements.ts';
import { TableRules } from '#core/engines/dynamodb/table-rules.ts';
import { Tables } from '#core/engines/dynamodb/tables.ts';

const target = {
  region: 'eu-central-1',
  resourceId: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
  user: 'ada',
};
const region = { id: target.resourceId, service: 'dynamodb', region: target.region } as const;
const denied = new AppError('AWS_DENIED', { details: { action: 'dynamodb:ListTagsOfResource' } });

const rule = (effect: Narrowing['effect'], where: Narrowing['where']): Narrowing => ({ role: 'editor', where, effect });
const prod = { tag: { key: 'env', pattern: 'prod' } };

/** The tags of tables; an error in their place says why they cannot be read. */
const TAGS: Readonly<Record<string, Tags | AppError>> = {
  payroll: { env: 'prod' },
  orders: { env: 'test' },
  wages: denied,
  busy: new AppError('THROTTLED'),
};

function rulesOf(...narrowings: Narrowing[]) {
  const asked: (string | undefined)[] = [];
  const send: Calls['send'] = async ({ action, table = '' }) => {
    asked.push(action === 'ListTagsOfResource' ? table : action);
    const answer = TAGS[table] ?? new AppError('OBJECT_NOT_FOUND');
    if (answer instanceof AppError) throw answer;
    return answer as never;
  };
  const calls = { send, accessKeyId: 'ASIA' } as unknown as Calls;
  const rules = new TableRules(calls, target, (table, tags) =>
    narrowingOf(narrowings, 'editor', tableOf(region, table, tags)),
  );
  const tables = new Tables(calls, target, rules);
  const outcome = (statement: string): Promise<string> =>
    guardTable(readStatement(statement, false), tables).then(
      () => 'passes',
      (error: AppError) => error.code,
    );
  return { rules, asked, outcome };
}

test.each([
  ['SELECT * FROM "payroll"', 'OBJECT_NOT_FOUND'],
  ['SCAN {"table": "payroll"}', 'OBJECT_NOT_FOUND'],
  [`DELETE FROM payroll WHERE id = 'a'`, 'OBJECT_NOT_FOUND'],
  ['SELECT * FROM "orders"', 'passes'],
  [`DELETE FROM "orders" WHERE id = 'a'`, 'passes'],
  ['SELECT * FROM "none"', 'OBJECT_NOT_FOUND'],
  ['SELECT * FROM "wages"', 'AWS_DENIED'],
  ['SELECT * FROM "busy"', 'THROTTLED'],
])('where a tag hides: %s: %s', async (statement, expected) => {
  expect(await rulesOf(rule('hidden', prod)).outcome(statement)).toBe(expected);
});

test.each([
  ['SELECT * FROM "payroll"', 'passes'],
  [`DELETE FROM payroll WHERE id = 'a'`, 'READ_ONLY'],
  ['SELECT * FROM "wages"', 'passes'],
  [`DELETE FROM wages WHERE id = 'a'`, 'AWS_DENIED'],
  [`DELETE FROM orders WHERE id = 'a'`, 'passes'],
])('where a tag makes read-only: %s: %s', async (statement, expected) => {
  expect(await rulesOf(rule('read-only', prod)).outcome(statement)).toBe(expected);
});

test('tags are asked for only where they might decide', async () => {
  const { outcome, asked } = rulesOf(
    rule('hidden', { ...prod, region: 'us-east-1' }),
    rule('hidden', { ...prod, arn: '*:table/pay*' }),
    rule('hidden', { arn: '*:table/busy' }),
  );
  expect(await outcome('SELECT * FROM "orders"')).toBe('passes');
  expect(await outcome('SELECT * FROM "busy"')).toBe('OBJECT_NOT_FOUND');
  expect(asked).toEqual([]);
  expect(await outcome('SELECT * FROM "payroll"')).toBe('OBJECT_NOT_FOUND');
  expect(asked).toEqual(['payroll']);
});

test('a list leaves out what is hidden and what cannot be told, and says what is only read', async () => {
  const { rules } = rulesOf(rule('hidden', prod), rule('read-only', { tag: { key: 'env', pattern: 't*' } }));
  expect(await rules.seen(['payroll', 'orders', 'wages', 'none'])).toEqual([{ name: 'orders', readOnly: true }]);
});

test('a list whose tags take too long leaves out what is not told by then', async () => {
  const calls = { send: async () => ({}), accessKeyId: 'ASIA' } as unknown as Calls;
  const rules = new TableRules(calls, target, (_, tags) => (tags ? undefined : 'hidden'), -1);
  expect(await rules.seen(['orders'])).toEqual([]);
});
