import { AppError } from '#contract/errors.ts';
import { arnOf, explain } from '#core/engines/dynamodb/explain.ts';

const target = {
  region: 'eu-central-1',
  resourceId: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
  user: 'ada',
};
const thrown = (name: string, message = 'DynamoDB says why.') => Object.assign(new Error(message), { name });
const need = { action: 'PartiQLSelect', table: 'orders', statement: 'SELECT *\nFROM orders WHER a' };

test('a refusal names the action and the ARN to put into a policy', () => {
  const error = explain(thrown('AccessDeniedException'), { ...need, index: 'by-day' }, target);
  expect(error).toMatchObject({
    code: 'AWS_DENIED',
    details: {
      action: 'dynamodb:PartiQLSelect',
      resource: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders/index/by-day',
      hint: expect.stringContaining('dynamodb:PartiQLSelect on arn:aws:dynamodb'),
    },
  });
});

test('an ARN is that of the table, of a table of another account, or of all', () => {
  expect(arnOf({ action: 'Scan', table: 't' }, target)).toBe('arn:aws:dynamodb:eu-central-1:111122223333:table/t');
  const foreign = 'arn:aws:dynamodb:eu-west-1:444455556666:table/t';
  expect(arnOf({ action: 'Scan', table: foreign }, target)).toBe(foreign);
  expect(arnOf({ action: 'ListTables' }, target)).toBe('*');
});

test("a statement that is wrong keeps DynamoDB's own sentence and its name, and its place where it is told", () => {
  const plain = explain(thrown('ValidationException'), need, target);
  expect(plain).toMatchObject({ code: 'STATEMENT_FAILED', message: 'DynamoDB says why.' });
  expect(plain.details).toEqual({ native: { code: 'ValidationException' } });
  const placed = explain(thrown('ValidationException', 'Unexpected term at 2:13:4'), need, target);
  expect(placed.details?.native?.position).toBe(need.statement.indexOf('WHER') + 1);
});

test.each([
  ['ConditionalCheckFailedException', 'STATEMENT_FAILED'],
  ['DuplicateItemException', 'STATEMENT_FAILED'],
  ['TransactionConflictException', 'STATEMENT_FAILED'],
  ['UnknownOperationException', 'STATEMENT_FAILED'],
  ['ProvisionedThroughputExceededException', 'THROTTLED'],
  ['ThrottlingException', 'THROTTLED'],
  ['RequestLimitExceeded', 'THROTTLED'],
  ['ResourceNotFoundException', 'OBJECT_NOT_FOUND'],
  ['ExpiredTokenException', 'SESSION_EXPIRED'],
  ['UnrecognizedClientException', 'SESSION_INVALID'],
  ['InternalServerError', 'AWS_UNAVAILABLE'],
  ['TimeoutError', 'AWS_UNAVAILABLE'],
])('%s is %s', (name, code) => {
  expect(explain(thrown(name), need, target).code).toBe(code);
});

test('a table that is not there is named with its region', () => {
  const { message } = explain(thrown('ResourceNotFoundException'), need, target);
  expect(message).toBe('There is no table orders in eu-central-1.');
});

test('an error of our own stays as it is', () => {
  const ours = new AppError('STATEMENT_TIMEOUT');
  expect(explain(ours, need, target)).toBe(ours);
});
