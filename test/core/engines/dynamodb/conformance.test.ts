import type { CreateTableCommandInput, ScalarAttributeType } from '@aws-sdk/client-dynamodb';
import { describeWith } from '../../../support/machine.ts';
import { conformance, type Subject } from '../conformance.ts';
import { startServer } from './server.ts';

/** 30 MB, and twice that as rows: the columns, and the whole item beside them. DynamoDB Local takes its time over each page. */
const MANY = 1_500;
const NOTE = 'some text of a row. '.repeat(1_000);

type Key = readonly [name: string, type: ScalarAttributeType];
const tableOf = (TableName: string, ...keys: readonly Key[]): CreateTableCommandInput => ({
  TableName,
  AttributeDefinitions: keys.map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
  KeySchema: keys.map(([AttributeName], at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
  BillingMode: 'PAY_PER_REQUEST',
});

async function setUp(): Promise<Subject> {
  const server = await startServer();
  await server.create(tableOf('numbered', ['all', 'S'], ['id', 'N']));
  await server.create(tableOf('texts', ['id', 'S']));
  await server.create(tableOf('thing', ['id', 'N']));
  await server.create(tableOf('endless', ['id', 'S']));
  const rows = Array.from({ length: MANY }, (_, at) => ({
    all: { S: 'a' },
    id: { N: `${at + 1}` },
    note: { S: NOTE },
  }));
  await server.fill('numbered', rows);
  await server.put(
    'thing',
    { id: { N: '1' }, name: { S: 'a' } },
    { id: { N: '2' }, name: { S: 'b' } },
    { id: { N: '3' } },
  );
  server.hold('endless');
  let texts = 0;
  return {
    connect: (as) => server.connect(as),
    about: { user: 'ada', database: 'eu-central-1' },
    statements: {
      rows: (count) => `QUERY {"table": "numbered", "key": {"all": "a", "id": {"<=": ${count}}}}`,
      async text(value) {
        texts += 1;
        const id = `text ${texts}`;
        await server.put('texts', { id: { S: id }, value: { S: value } });
        return `SELECT "value" FROM "texts" WHERE id = '${id}'`;
      },
      endless: 'SCAN {"table": "endless"}',
      wrong: { text: 'SELECT * FROM "numbered" WHERE' },
      empty: ['', ' ;; ', '-- nothing'],
      changes: [
        `INSERT INTO "thing" VALUE {'id': 4}`,
        `UPDATE "thing" SET name = 'x' WHERE id = 1`,
        `DELETE FROM "thing" WHERE id = 1`,
        `/* SELECT */ DELETE FROM "thing" WHERE id = 1`,
        `SELECT * FROM "thing" WHERE id = 1 DELETE`,
        `EXISTS(SELECT * FROM "thing" WHERE id = 1)`,
      ],
    },
    reading: {
      records: ['statement', 'notice', 'columns', 'done'],
      done: { command: 'QUERY', consumed: { kind: 'read', units: expect.any(Number) } },
    },
    thing: {
      path: [{ kind: 'table', name: 'thing' }],
      named: ['', 'thing'],
      members: ['id'],
      read: 'SCAN {"table": "thing"}',
      missing: [
        [{ kind: 'table', name: 'no-such-table' }],
        [{ kind: 'view', name: 'thing' }],
        [
          { kind: 'table', name: 'thing' },
          { kind: 'index', name: 'no-such-index' },
        ],
      ],
    },
    many: MANY,
    longest: 300_000,
    running: async () => server.waiting,
    // Nothing waits at DynamoDB: it has answered, and is asked for the next page when that is taken.
    stalled: async () => server.waiting === 0,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describeWith('java', 'DynamoDB’s engine on DynamoDB Local', () => {
  conformance('DynamoDB', setUp);
});
