/** DynamoDB Local behind the local account's endpoint, which verifies each signature and permission; and an engine at it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamodb } from '#core/engines/dynamodb/dynamodb.ts';
import type { Connection, ConnectOptions, ScanLimits, ServiceTarget, TableAccess } from '#core/engines/engine.ts';
import type { PrincipalName } from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { dynamoDb } from '#core/local/aws/dynamo-db.ts';
import { startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import { startDynamoDb } from '#core/local/dynamo-db/start-dynamo-db.ts';
import { TABLE_TAGS } from '#core/local/dynamo-db/tables.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { temporaryFolder } from '../../local/temporary-folder.ts';

const REGION = 'eu-central-1';
const TARGET: ServiceTarget = {
  region: REGION,
  resourceId: `arn:aws:dynamodb:${REGION}:111122223333:table/*`,
  user: 'ada',
};
const LIMITS: ScanLimits = { items: 1_000_000, bytes: 1_000_000_000 };
const signal = new AbortController().signal;

type Item = Record<string, AttributeValue>;

interface ConnectAs {
  readonly readOnly?: boolean;
  readonly scans?: ConnectOptions['scans'];
  readonly limits?: Partial<ScanLimits>;
  readonly tableAccess?: TableAccess;
  readonly keys?: Credentials;
}

export interface DynamoServer extends AsyncDisposable {
  /** Operations in the order in which they came, and how many DynamoDB has not answered yet. */
  readonly seen: { operations: string[]; open: number };
  /** How many calls of whom still wait for their answer: one that was given up does not. */
  readonly waiting: number;
  /** Calls wait from now on, until they are let go: all, or those that read this table. */
  hold(table?: string): void;
  letGo(): void;
  readonly target: ServiceTarget;
  connect(as?: ConnectAs): Promise<Connection>;
  keysOf(name: PrincipalName): Credentials;
  create(table: CreateTableCommandInput): Promise<void>;
  put(table: string, ...items: Item[]): Promise<void>;
  /** Many at once. */
  fill(table: string, items: readonly Item[]): Promise<void>;
}

/** With the demo's table, and `things`: `id` and `at` its key, an index of each kind. */
export async function startServer({ java = true } = {}): Promise<DynamoServer> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await temporaryFolder());
  const dynamo = starting.use(await startDynamoDb({ folder: folder.path, java }));
  const registry = createRegistry(Buffer.alloc(32, 5));
  const seen = { operations: [] as string[], open: 0 };
  let held: PromiseWithResolvers<void> | undefined;
  let holds = (_operation: string, _body: Buffer) => true;
  const letGo = () => held?.resolve();
  const service = dynamoDb(async (to, operation, body) => {
    seen.operations.push(operation);
    seen.open += 1;
    if (holds(operation, body)) await held?.promise;
    return dynamo.forward(to, operation, body).finally(() => {
      seen.open -= 1;
    });
  }, TABLE_TAGS);
  const endpoint = starting.use(await startAwsEndpoint({ registry, services: [service] }));
  const calls = openCalls(new URL(endpoint.url).port);
  starting.defer(calls.stop);
  const before = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = endpoint.url;
  starting.defer(() => {
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
    else process.env.AWS_ENDPOINT_URL = before;
  });
  const keysOf = (name: PrincipalName): Credentials => registry.longTerm(name);
  const client = new DynamoDBClient({ region: REGION, credentials: keysOf('ada'), endpoint: endpoint.url });
  starting.defer(() => client.destroy());
  await client.send(new CreateTableCommand(THINGS));
  const started = starting.move();
  return {
    seen,
    get waiting() {
      return calls.open.size;
    },
    hold(table) {
      held = Promise.withResolvers();
      holds = (operation, body) => table === undefined || (READS.test(operation) && body.includes(`"${table}"`));
    },
    letGo,
    keysOf,
    target: TARGET,
    connect: ({ readOnly = false, scans, limits = {}, tableAccess, keys = keysOf('ada') } = {}) =>
      dynamodb.connect(TARGET, keys, {
        readOnly,
        ...(scans && { scans }),
        scanLimits: { ...LIMITS, ...limits },
        tableAccess,
        signal,
      }),
    async create(table) {
      await client.send(new CreateTableCommand(table));
    },
    async put(TableName, ...items) {
      for (const Item of items) await client.send(new PutItemCommand({ TableName, Item }));
    },
    async fill(TableName, items) {
      for (let from = 0; from < items.length; from += AT_ONCE) {
        const TransactItems = items.slice(from, from + AT_ONCE).map((Item) => ({ Put: { TableName, Item } }));
        await client.send(new TransactWriteItemsCommand({ TransactItems }));
      }
    },
    async [Symbol.asyncDispose]() {
      letGo();
      await started.disposeAsync();
    },
  };
}

/** The most that a transaction takes. DynamoDB Local waits for its disk once a transaction. */
const AT_ONCE = 100;
const READS = /^(?:Query|Scan|ExecuteStatement)$/;

/** The calls at a server of this process that somebody still waits for. */
function openCalls(port: string) {
  const open = new Set<ServerResponse>();
  const begun = (message: unknown) => {
    const { socket, response } = message as { socket: Socket; response: ServerResponse };
    if (socket.localPort !== Number(port)) return;
    open.add(response);
    response.once('close', () => open.delete(response));
  };
  subscribe('http.server.request.start', begun);
  return { open, stop: () => void unsubscribe('http.server.request.start', begun) };
}

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];
const THINGS = {
  TableName: 'things',
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' as const },
    { AttributeName: 'at', AttributeType: 'N' as const },
    { AttributeName: 'colour', AttributeType: 'S' as const },
  ],
  KeySchema: key('id', 'at'),
  BillingMode: 'PROVISIONED' as const,
  ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-colour',
      KeySchema: key('colour', 'at'),
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['note'] },
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    },
  ],
  LocalSecondaryIndexes: [
    { IndexName: 'local', KeySchema: key('id', 'colour'), Projection: { ProjectionType: 'KEYS_ONLY' as const } },
  ],
};
