import { readRequest as engineReads } from '#core/engines/dynamodb/request.ts';
import {
  type Draft,
  emptyCondition,
  emptyDraft,
  moved,
  OPERATORS,
  type Operator,
} from '../../../../frontend/src/features/key-query/draft.ts';
import { type KeyPlace, placesOf } from '../../../../frontend/src/features/key-query/keyed.ts';
import { readDraft, readRequest } from '../../../../frontend/src/features/key-query/read-statement.ts';
import { writeStatement } from '../../../../frontend/src/features/key-query/write-statement.ts';

const place: KeyPlace = {
  index: undefined,
  scope: 'table',
  partition: { name: 'pk', type: 'S' },
  sort: { name: 'at', type: 'N' },
};
const global: KeyPlace = { ...place, index: 'by-day', scope: 'global' };
const begun: Draft = { ...emptyDraft('orders'), partition: 'a' };
const filter = (id: number, attribute: string, operator: Operator, value = '', more: object = {}) => ({
  ...emptyCondition('S'),
  ...{ id, attribute, operator, value },
  ...more,
});
const statementOf = (draft: Draft, at = place): string => {
  const written = writeStatement(draft, at);
  if (!('statement' in written)) throw new Error(JSON.stringify(written.problems));
  return written.statement;
};
const problemsOf = (draft: Draft) => {
  const written = writeStatement(draft, place);
  return 'problems' in written ? written.problems : {};
};
const readBack = (statement: string, at = place) => {
  const request = readRequest(statement);
  return request && readDraft(request, at);
};

const FULL: Draft = {
  ...begun,
  index: 'by-day',
  sort: { operator: 'between', type: 'N', value: '1', upper: '12345678901234567890123456789012345678' },
  filters: [
    filter(0, 'total', '>', '1.50', { type: 'N' }),
    filter(1, 'paid', '=', 'true', { type: 'BOOL' }),
    filter(2, 'tags', 'contains', 'x'),
    filter(3, 'state', 'in', 'a\nb'),
    filter(4, 'gone', 'missing'),
    filter(5, 'sizes', '=', '1\n2', { type: 'NS' }),
    filter(6, 'raw', '=', 'AAEC', { type: 'B' }),
    filter(7, 'note', '=', '', { type: 'NULL' }),
    filter(8, 'name', 'exists'),
  ],
  projection: 'pk, total',
  forward: false,
  limit: '50',
};

test('a form is written as a statement that is laid out to be read', () => {
  expect(statementOf(FULL, global)).toBe(`QUERY {
  "table": "orders",
  "index": "by-day",
  "key": { "pk": "a", "at": { "between": [1, { "N": "12345678901234567890123456789012345678" }] } },
  "filter": { "total": { ">": { "N": "1.50" } }, "paid": true, "tags": { "contains": "x" }, "state": { "in": ["a", "b"] }, "gone": { "exists": false }, "sizes": { "NS": ["1", "2"] }, "raw": { "B": "AAEC" }, "note": null, "name": { "exists": true } },
  "projection": ["pk", "total"],
  "forward": false,
  "limit": 50
}`);
});

test('what is written is read back as it was, and understood by the engine', () => {
  const statement = statementOf(FULL, global);
  expect(readBack(statement, global)).toEqual(FULL);
  expect(engineReads(statement)?.input).toMatchObject({
    TableName: 'orders',
    IndexName: 'by-day',
    ScanIndexForward: false,
  });
});

test.each(Object.keys(OPERATORS) as Operator[])('the operator %s goes there and back', (operator) => {
  const value = OPERATORS[operator].takes === 'none' ? '' : 'm';
  const upper = OPERATORS[operator].takes === 'two' ? 'z' : '';
  const draft: Draft = { ...begun, kind: 'scan', partition: '', filters: [filter(0, 'x', operator, value, { upper })] };
  const statement = statementOf(draft);
  expect(readBack(statement)).toEqual(draft);
  expect(engineReads(statement)?.filtered).toBe(true);
});

test('what is wrong is said at its field', () => {
  expect(problemsOf(emptyDraft('orders'))).toEqual({ partition: expect.stringContaining('partition key') });
  expect(problemsOf({ ...begun, sort: { ...emptyCondition('N'), value: 'x' } })).toEqual({
    sort: 'x is not a number.',
  });
  expect(problemsOf({ ...begun, limit: '0' })).toHaveProperty('limit');
  const wrong = [
    filter(0, '', '='),
    filter(1, 'a', '=', '1'.repeat(39), { type: 'N' }),
    filter(2, 'b', '=', 'no base64', { type: 'B' }),
    filter(3, 'c', 'in'),
    filter(4, 'd', '='),
    filter(5, 'd', '<>'),
  ];
  expect(Object.keys(problemsOf({ ...begun, filters: wrong }))).toEqual([0, 1, 2, 3, 5].map((id) => `filter-${id}`));
});

test.each([
  'SELECT * FROM orders',
  'QUERY {"table": "orders"',
  'QUERY {"table": "orders"}',
  'SCAN {"table": "orders", "key": {"pk": "a"}}',
  'SCAN {"table": "orders", "filter": {"list": {"L": []}}}',
  'SCAN {"table": "orders", "filter": {"two": "lines\\nof text"}}',
  'SCAN {"table": "orders", "unknown": 1}',
  'QUERY {"table": "orders", "key": {"pk": {"<": "a"}}}',
  'QUERY {"table": "orders", "key": {"pk": "a", "other": 1}}',
])('%s is nothing that the form can show', (statement) => {
  expect(readBack(statement)).toBeUndefined();
});

test('a global index has no consistent read, and another place has another key', () => {
  expect(statementOf({ ...begun, consistent: true })).toContain('"consistent": true');
  expect(statementOf({ ...begun, consistent: true }, global)).not.toContain('consistent');
  const there = moved({ ...FULL, consistent: true }, { table: 'orders', index: 'by-day' }, global);
  expect(there).toMatchObject({ partition: '', sort: undefined, consistent: false, filters: FULL.filters });
  expect(moved(FULL, { table: 'other', index: undefined })).toMatchObject({ filters: [], projection: '' });
});

test('a description says where a query may read', () => {
  const columns = [
    { name: 'pk', type: 'string', nullable: false, generated: false },
    { name: 'at', type: 'number', nullable: false, generated: false },
  ];
  const index = (name: string, method: string, keys: string[]) => ({
    name,
    method,
    columns: keys,
    unique: false,
    definition: '',
  });
  const keys = [{ name: 'primary key', kind: 'primary' as const, columns: ['pk', 'at'], definition: '' }];
  const indexes = [index('z', 'local', ['pk']), index('by-day', 'global', ['pk', 'at'])];
  const places = placesOf({ kind: 'table', path: [], ddl: '', columns, keys, indexes });
  expect(places).toEqual([place, global, { ...place, index: 'z', scope: 'local', sort: undefined }]);
});
