/**
 * Transactions for a DynamoDB that has none. Everything that writes passes here one after the other, so that a
 * transaction is alone while it tries its items; where one of them fails, the old items are put back.
 */
import type { WholeAnswer } from '../aws/service.ts';
import { call, type Forward, type Place } from './backend.ts';

type Item = Readonly<Record<string, unknown>>;
interface Write {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
}
type Kind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
type TransactItem = Readonly<Partial<Record<Kind, Write>>>;

interface Reason {
  readonly Code: string;
  readonly Message?: string;
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'DescribeTable', 'ListTables'];

export const withTransactions = (forward: Forward): Forward => {
  let last: Promise<unknown> = Promise.resolve();
  return (to, operation, body) => {
    if (READS.includes(operation)) return forward(to, operation, body);
    const run = TRANSACTIONS[operation] ?? forwardAs(operation);
    const answer = last.then(() => run(forward, to, body));
    last = answer.catch(() => undefined);
    return answer;
  };
};

type Run = (forward: Forward, to: Place, body: Buffer) => Promise<WholeAnswer>;

const forwardAs =
  (operation: string): Run =>
  (forward, to, body) =>
    forward(to, operation, body);

const TRANSACTIONS: Readonly<Record<string, Run>> = {
  async TransactWriteItems(forward, to, body) {
    const { TransactItems } = JSON.parse(body.toString()) as { TransactItems: readonly TransactItem[] };
    const writes = await Promise.all(TransactItems.map((item) => locate(forward, to, item)));
    if (new Set(writes.map(({ name }) => name)).size < writes.length) return answer(400, TWICE);
    const undo: (() => Promise<unknown>)[] = [];
    const reasons: Reason[] = [];
    for (const write of writes) reasons.push(await attempt(forward, to, write, undo));
    if (reasons.every(({ Code }) => Code === 'None')) return answer(200, {});
    for (const step of undo.reverse()) await step();
    return answer(400, {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
        `[${reasons.map(({ Code }) => Code).join(', ')}]`,
      CancellationReasons: reasons,
    });
  },
  async TransactGetItems(forward, to, body) {
    const { TransactItems } = JSON.parse(body.toString()) as { TransactItems: readonly { Get: object }[] };
    const Responses: object[] = [];
    for (const { Get } of TransactItems) Responses.push(await call(forward, to, 'GetItem', Get));
    return answer(200, { Responses });
  },
};

const TWICE = {
  __type: 'com.amazon.coral.validate#ValidationException',
  message: 'Transaction request cannot include multiple operations on one item',
};

interface Located {
  readonly kind: Kind;
  readonly write: Write;
  readonly key: Item;
  /** Table and key as one text. */
  readonly name: string;
}

const locate = async (forward: Forward, to: Place, item: TransactItem): Promise<Located> => {
  const [kind, write] = Object.entries(item)[0] as [Kind, Write];
  const key = write.Key ?? (await keyOf(forward, to, write));
  const name = JSON.stringify([write.TableName, Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return { kind, write, key, name };
};

/** Writes one item, and notes how to undo it. */
const attempt = async (
  forward: Forward,
  to: Place,
  { kind, write, key: Key }: Located,
  undo: (() => Promise<unknown>)[],
): Promise<Reason> => {
  const { TableName } = write;
  try {
    const before = await call<{ Item?: Item }>(forward, to, 'GetItem', { TableName, Key, ConsistentRead: true });
    await call(forward, to, OPERATIONS[kind](before.Item !== undefined), write);
    undo.push(() =>
      before.Item === undefined
        ? call(forward, to, 'DeleteItem', { TableName, Key })
        : call(forward, to, 'PutItem', { TableName, Item: before.Item }),
    );
    return { Code: 'None' };
  } catch (error) {
    const { name, message } = error as Error;
    return { Code: name.replace(/Exception$/, ''), Message: message };
  }
};

/** A check writes nothing: an update that changes nothing where the item exists, else a delete of what is not there. */
const OPERATIONS: Readonly<Record<Kind, (exists: boolean) => string>> = {
  Put: () => 'PutItem',
  Update: () => 'UpdateItem',
  Delete: () => 'DeleteItem',
  ConditionCheck: (exists) => (exists ? 'UpdateItem' : 'DeleteItem'),
};

const keyOf = async (forward: Forward, to: Place, { TableName, Item = {} }: Write): Promise<Item> => {
  const { Table } = await call<{ Table: { KeySchema: readonly { AttributeName: string }[] } }>(
    forward,
    to,
    'DescribeTable',
    { TableName },
  );
  return Object.fromEntries(Table.KeySchema.map(({ AttributeName }) => [AttributeName, Item[AttributeName]]));
};

const answer = (status: number, value: object): WholeAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify(value)),
});
