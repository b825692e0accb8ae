/** The instance table as the parts of the store use it: single items, read consistently, and errors explained. */
import { setTimeout } from 'node:timers/promises';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { AppError } from '#contract/errors.ts';
import { explainOwnError } from '../aws-errors.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
type Item = Record<string, unknown>;

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  /** The item now, not as it was a moment ago. */
  get(key: Key): Promise<Item | undefined>;
  /** The same of several, in one call. Errors: THROTTLED where some of them are left out again and again. */
  getAll(keys: readonly Key[]): Promise<(Item | undefined)[]>;
  /** False where the condition refused it. */
  put(input: Omit<PutCommandInput, 'TableName'>): Promise<boolean>;
  /** The whole item as it is then; undefined where the condition refused it. */
  update(input: Omit<UpdateCommandInput, 'TableName' | 'ReturnValues'>): Promise<Item | undefined>;
  /** All of them or none: false where a condition refused it, or somebody else was writing one of them just then. */
  write(puts: readonly Omit<PutCommandInput, 'TableName'>[]): Promise<boolean>;
  /** False: there was none. */
  remove(key: Key): Promise<boolean>;
}

/**
 * Before each try of a batch, in milliseconds: what DynamoDB leaves out, it wants to be asked again for after a while (API
 * reference, BatchGetItem). An SDK does not.
 */
const PAUSES = [0, 50, 100, 200];
const sleep = (ms: number): Promise<unknown> | undefined => (ms > 0 ? setTimeout(ms) : undefined);

export const tableOf = (client: DynamoDBDocumentClient, name: string): Table => ({
  client,
  name,
  async get(key) {
    const command = new GetCommand({ TableName: name, Key: key, ConsistentRead: true });
    return (await client.send(command).catch(failed)).Item;
  },
  async getAll(keys) {
    const found: Item[] = [];
    let left: Item[] = keys.map((key) => ({ ...key }));
    for (const pause of PAUSES) {
      await sleep(pause);
      const RequestItems = { [name]: { Keys: left, ConsistentRead: true } };
      const answer = await client.send(new BatchGetCommand({ RequestItems })).catch(failed);
      found.push(...(answer.Responses?.[name] ?? []));
      left = answer.UnprocessedKeys?.[name]?.Keys ?? [];
      if (left.length === 0) return keys.map(({ pk, sk }) => found.find((item) => item.pk === pk && item.sk === sk));
    }
    throw new AppError('THROTTLED');
  },
  async put(input) {
    return (await client.send(new PutCommand({ TableName: name, ...input })).catch(unlessRefused)) !== undefined;
  },
  async update(input) {
    const command = new UpdateCommand({ TableName: name, ReturnValues: 'ALL_NEW', ...input });
    return (await client.send(command).catch(unlessRefused))?.Attributes;
  },
  async write(puts) {
    // The SDK gives it a token, so that an attempt of its own that arrived twice is one (ClientRequestToken).
    const command = new TransactWriteCommand({
      TransactItems: puts.map((put) => ({ Put: { TableName: name, ...put } })),
    });
    return (await client.send(command).catch(unlessCancelled)) !== undefined;
  },
  async remove(key) {
    const command = new DeleteCommand({ TableName: name, Key: key, ReturnValues: 'ALL_OLD' });
    return (await client.send(command).catch(failed)).Attributes !== undefined;
  },
});

export const failed = (error: unknown): never => {
  throw explainOwnError(error);
};

const unlessRefused = (error: unknown): undefined => {
  if (error instanceof ConditionalCheckFailedException) return undefined;
  throw explainOwnError(error);
};

/** DynamoDB Developer Guide, "Transaction conflict handling": what else cancels a transaction is no answer to its question. */
const unlessCancelled = (error: unknown): undefined => {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict')) return undefined;
  throw explainOwnError(error);
};
