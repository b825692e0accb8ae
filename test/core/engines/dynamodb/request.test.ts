import { readRequest } from '#core/engines/dynamodb/request.ts';

const input = (statement: string) => readRequest(statement)?.input;
const refusal = (statement: string): unknown => {
  try {
    return readRequest(statement);
  } catch (error) {
    return error;
  }
};

test('what is neither QUERY nor SCAN is left to PartiQL', () => {
  expect(readRequest('SELECT * FROM t')).toBeUndefined();
  expect(readRequest('QUERY t')).toBeUndefined();
  expect(readRequest('QUERYING {"table": "t"}')).toBeUndefined();
});

test('a query is written with placeholders for all names and values', () => {
  const statement = `query {
    "table": "t", "index": "by-day", "key": { "status": "paid", "day": { "between": [1, 2] } },
    "filter": { "note": { "contains": "x" }, "size": { "in": [1, "2"] }, "gone": { "exists": false } },
    "projection": ["status", "name"], "forward": false, "consistent": true, "limit": 7 }`;
  expect(readRequest(statement)).toMatchObject({
    kind: 'query',
    table: 't',
    index: 'by-day',
    limit: 7,
    filtered: true,
  });
  expect(input(statement)).toEqual({
    TableName: 't',
    IndexName: 'by-day',
    KeyConditionExpression: '#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2',
    FilterExpression: 'contains(#n2, :v3) AND #n3 IN (:v4, :v5) AND attribute_not_exists(#n4)',
    ProjectionExpression: '#n0, #n5',
    ExpressionAttributeNames: {
      '#n0': 'status',
      '#n1': 'day',
      '#n2': 'note',
      '#n3': 'size',
      '#n4': 'gone',
      '#n5': 'name',
    },
    ExpressionAttributeValues: {
      ':v0': { S: 'paid' },
      ':v1': { N: '1' },
      ':v2': { N: '2' },
      ':v3': { S: 'x' },
      ':v4': { N: '1' },
      ':v5': { S: '2' },
    },
    ScanIndexForward: false,
    ConsistentRead: true,
  });
});

test.each([
  ['{ "<": 1 }', '#n0 < :v0', { N: '1' }],
  ['{ "<=": 1 }', '#n0 <= :v0', { N: '1' }],
  ['{ ">": 1 }', '#n0 > :v0', { N: '1' }],
  ['{ ">=": 1 }', '#n0 >= :v0', { N: '1' }],
  ['{ "<>": null }', '#n0 <> :v0', { NULL: true }],
  ['{ "begins_with": "a" }', 'begins_with(#n0, :v0)', { S: 'a' }],
  ['true', '#n0 = :v0', { BOOL: true }],
  ['{ "=": { "SS": ["a"] } }', '#n0 = :v0', { SS: ['a'] }],
  ['{ "M": { "a": { "L": [{ "N": "1" }] } } }', '#n0 = :v0', { M: { a: { L: [{ N: '1' }] } } }],
  ['{ "B": "AQID" }', '#n0 = :v0', { B: new Uint8Array([1, 2, 3]) }],
])('a condition %s becomes %s', (condition, expression, value) => {
  expect(input(`SCAN {"table": "t", "filter": {"a": ${condition}}}`)).toMatchObject({
    FilterExpression: expression,
    ExpressionAttributeValues: { ':v0': value },
  });
});

test('a number keeps all its digits', () => {
  const digits = '12345678901234567890.123456789012345678';
  expect(input(`SCAN {"table": "t", "filter": {"a": ${digits}}}`)?.ExpressionAttributeValues).toEqual({
    ':v0': { N: digits },
  });
});

test('a scan of a whole table is nothing but its name', () => {
  expect(input('SCAN {"table": "t"}')).toEqual({ TableName: 't' });
  expect(readRequest('SCAN {"table": "t"}')).toMatchObject({ kind: 'scan', filtered: false, limit: undefined });
});

test.each([
  ['QUERY {"table": "t"}', 'key'],
  ['SCAN {"table": "t", "forward": true}', 'forward'],
  ['SCAN {"table": "t", "filter": {"a": {"=": 1, "<": 2}}}', 'filter.a'],
  ['SCAN {"table": "t", "limit": 0}', 'limit'],
  ['SCAN {"tabel": "t"}', 'tabel'],
  ['QUERY {"table": "t", "key": {"pk": {"contains": "a"}}}', 'key.pk'],
  ['SCAN {"table": }', 'JSON'],
  ['SCAN {table: (() => 1)()}', 'JSON'],
])('%s is refused, and says where', (statement, place) => {
  expect(refusal(statement)).toMatchObject({
    code: 'STATEMENT_FAILED',
    message: expect.stringContaining(place),
    details: { hint: expect.stringContaining('QUERY {') },
  });
});

test.each([
  [
    'SCAN {"tabel": "t"}',
    'table of SCAN is not understood, or missing: it is the name or the ARN of a table. SCAN has no key “tabel”. It takes table, index, filter, projection, consistent and limit.',
  ],
  [
    'SCAN {"table": "t", "key": {"pk": "a"}, "forward": true}',
    'SCAN has no keys “key”, “forward”. It takes table, index, filter, projection, consistent and limit.',
  ],
  [
    'QUERY {"table": "t", "key": {"pk": "a"}, "filters": {}}',
    'QUERY has no key “filters”. It takes table, index, filter, projection, consistent, limit, key and forward.',
  ],
  [
    'QUERY {"table": "t"}',
    'QUERY has a key that is not understood, or none: it is an object of conditions by attribute.',
  ],
  [
    'QUERY {"table": "t", "key": {"pk": {"contains": "a"}}}',
    'The condition key.pk of QUERY is not understood: it is a value, or one of =, <, <=, >, >=, between [low, high] and begins_with in an object.',
  ],
  [
    'SCAN {"table": "t", "filter": {"a": {"like": "x"}}}',
    'The condition filter.a of SCAN is not understood: it is a value, or one of =, <, <=, >, >=, between [low, high] and begins_with in an object, or one of <>, in […], contains and exists.',
  ],
  [
    'SCAN {"table": "t", "projection": ["a", 7], "consistent": "yes"}',
    'projection of SCAN is not understood, or missing: it is a list of attributes, such as ["pk", "total"]. consistent of SCAN is not understood, or missing: it is true or false.',
  ],
])('%s: %s', (statement, message) => {
  expect(refusal(statement)).toMatchObject({ message });
});
