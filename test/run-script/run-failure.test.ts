import { AppError, type ErrorDetails } from '#contract/errors.ts';
import { RUN_ERRORS } from '#contract/run-script.ts';
import { failureOf } from '../../lambdas/run-script/run-failure.ts';

const failed = (message: string, details: ErrorDetails = {}) =>
  failureOf(new AppError('STATEMENT_FAILED', { message, details })).message;

test('every failure has the name of its row', () => {
  for (const [code, { name }] of Object.entries(RUN_ERRORS))
    expect(failureOf(new AppError(code as keyof typeof RUN_ERRORS)).name).toBe(name);
  expect(failureOf(new AppError('REGION_DISABLED')).name).toBe('Lodge.Internal');
});

test('what nobody meant says nothing of itself', () => {
  const cause = new TypeError('cannot read "4111 1111 1111 1111"');
  const failure = failureOf(cause);
  expect(failure).toMatchObject({ name: 'Lodge.Internal', code: 'INTERNAL', cause });
  expect(failure.message + failure.stack).not.toContain('4111');
});

test('values that a database quotes are left out, and names are kept', () => {
  const native = (code: string) => ({ native: { code, detail: 'Key (email)=(ann@example.com) exists.' } });
  expect(failed('invalid input syntax for type integer: "4111"', native('22P02'))).toBe(
    'invalid input syntax for type integer: “…”',
  );
  expect(failed("Duplicate entry 'ann@example.com' for key 'email'", native('1062 23000'))).not.toContain('ann');
  expect(failed('relation "orders" does not exist', native('42P01'))).toBe('relation "orders" does not exist');
  expect(failed("Table 'shop.orders' doesn't exist", native('1146 42S02'))).toContain('shop.orders');
});

test('the fields and what to do about it are a part of the sentence', () => {
  const fields = [
    { path: 'body.login.user', message: 'is empty' },
    { path: 'endpoint', message: 'is none' },
  ];
  const { message } = failureOf(new AppError('INPUT_INVALID', { message: 'No.', details: { fields, hint: 'Look.' } }));
  expect(message).toBe('No. login.user is empty; endpoint is none. Look.');
});

test('what AWS denies is denied to the role: nobody has keys here', () => {
  const message = 'Your keys do not allow rds:DescribeDBInstances.';
  const details = { action: 'rds:DescribeDBInstances', resource: 'arn:aws:rds:eu-central-1:111122223333:db:shop' };
  expect(failureOf(new AppError('AWS_DENIED', { message, details })).message).toBe(
    'The role does not allow rds:DescribeDBInstances on arn:aws:rds:eu-central-1:111122223333:db:shop.',
  );
});

test('it is short, one line of a stack, and whole characters', () => {
  const { message, stack } = failureOf(new AppError('STATEMENT_FAILED', { message: '😀'.repeat(9_999) }));
  expect(message.length).toBeLessThanOrEqual(1_000);
  expect(message.isWellFormed()).toBe(true);
  expect(stack).toBe(`Lodge.StatementFailed: ${message}`);
});
