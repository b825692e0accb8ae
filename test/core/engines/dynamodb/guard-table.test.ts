import type { AppError } from '#contract/errors.ts';
import { guardTable } from '#core/engines/dynamodb/guard-table.ts';
import { readStatement } from '#core/engines/dynamodb/statements.ts';
import { TableRules } from '#core/engines/dynamodb/table-rules.ts';
import { Tables } from '#core/engines/dynamodb/tables.ts';
import type { TableAccess } from '#core/engines/engine.ts';

const target = {
  region: 'eu-central-1',
  resourceId: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
  user: 'ada',
};
const rules: TableAccess = (table) => (({ payroll: 'hidden', orders: 'read-only' }) as const)[table];

/** Nothing is asked of DynamoDB: the names of the tables decide. */
const calls = undefined as never;

function outcome(statement: string): Promise<string> {
  const tables = new Tables(calls, target, new TableRules(calls, target, rules));
  return guardTable(readStatement(statement, false), tables).then(
    () => 'passes',
    (error: AppError) => error.code,
  );
}

test.each([
  ['SELECT * FROM "payroll"', 'OBJECT_NOT_FOUND'],
  ['select name from payroll."by-name" where id = 1', 'OBJECT_NOT_FOUND'],
  [`INSERT INTO "payroll" VALUE {'id': 'a'}`, 'OBJECT_NOT_FOUND'],
  [`UPDATE "payroll" SET a = 1 WHERE id = 'a'`, 'OBJECT_NOT_FOUND'],
  [`DELETE FROM payroll WHERE id = 'a'`, 'OBJECT_NOT_FOUND'],
  ['QUERY {"table": "payroll", "key": {"id": "a"}}', 'OBJECT_NOT_FOUND'],
  ['SCAN {"table": "payroll"}', 'OBJECT_NOT_FOUND'],
  ['SELECT * FROM "orders"', 'passes'],
  ['SCAN {"table": "orders"}', 'passes'],
  [`INSERT INTO "orders" VALUE {'id': 'a'}`, 'READ_ONLY'],
  [`UPDATE orders SET a = 1 WHERE id = 'a'`, 'READ_ONLY'],
  [`DELETE FROM "orders" WHERE id = 'a'`, 'READ_ONLY'],
  [`DELETE FROM "carts" WHERE id = 'a'`, 'passes'],
])('%s: %s', async (statement, expected) => {
  expect(await outcome(statement)).toBe(expected);
});

test.each([
  'SELECT * FROM (SELECT * FROM payroll)',
  `SELECT * FROM "carts" WHERE EXISTS (SELECT * FROM "payroll" WHERE id = 'a')`,
  `SELECT 'it' FROM 'payroll'`,
  `SELECT * FROM "carts" WHERE a = 'open`,
  `DELETE FROM 'payroll' WHERE id = 'a'`,
])('%s is not passed on, for which table it names is not certain', async (statement) => {
  expect(await outcome(statement)).toBe('STATEMENT_FAILED');
});

test('where no table is narrowed, none of this is asked', async () => {
  const tables = new Tables(calls, target);
  await expect(guardTable(readStatement('SELECT * FROM (SELECT * FROM t)', false), tables)).resolves.toBeUndefined();
});
