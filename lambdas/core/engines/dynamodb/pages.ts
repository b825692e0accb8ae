/** The pages of a statement, one after the other, each asked for when the one before has been taken. */
import {
  type AttributeValue,
  type ConsumedCapacity,
  type DynamoDBClient,
  ExecuteStatementCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { freeBytes } from '../../free-bytes.ts';
import type { Item } from './attributes.ts';
import { attributesOf } from './bound-values.ts';
import type { Calls } from './calls.ts';
import { keepItems, type PageItems } from './page-items.ts';
import type { Request } from './request.ts';
import { COMMANDS, type PartiQl, type Statement } from './statements.ts';

export interface Page {
  /** They are gone when the next page is asked for. */
  readonly items: readonly Item[];
  readonly capacity: ConsumedCapacity | undefined;
  /** True: there may be more. */
  readonly more: boolean;
}
interface Answer {
  readonly kept: PageItems;
  readonly capacity: ConsumedCapacity | undefined;
  readonly next: string | Record<string, AttributeValue> | undefined;
}
type Ask = (
  client: DynamoDBClient,
  limit: number,
  after: Answer['next'],
  options: { abortSignal: AbortSignal },
) => Promise<Answer>;

/** With a filter: DynamoDB counts the items that it looks at, not those that pass, so fewer are not worth a round trip. */
const LEAST_ITEMS = 100;
/**
 * Without one: DynamoDB would fill a page of 1 MB, which costs the same as many small ones, save what is rounded up to the
 * next half unit. But whoever looks at the first rows only would pay for all of it, and its pieces would lie in memory by
 * the dozen megabytes.
 */
const MOST_ITEMS = 1_000;

/** `left` says how many more items are wanted. No page is read ahead: each costs capacity. */
export async function* readPages(
  calls: Calls,
  statement: Statement,
  { left, signal }: { left: () => number; signal: AbortSignal },
): AsyncGenerator<Page, void, void> {
  const ask = 'input' in statement ? askRequest(statement) : askPartiQl(statement);
  const { kind, table, index } = statement;
  const writes = kind !== 'select' && !('input' in statement);
  const text = 'text' in statement ? { statement: statement.text } : {};
  const need = { action: COMMANDS[kind].action, table, index, writes, ...text };
  let after: Answer['next'];
  do {
    // One more than is wanted tells whether there is more.
    const limit = statement.filtered ? Math.max(LEAST_ITEMS, left() + 1) : Math.min(MOST_ITEMS, left() + 1);
    const answer = await calls.send(need, (client, options) => ask(client, limit, after, options), signal);
    const { kept, capacity, next } = answer;
    after = next;
    try {
      yield { items: kept.items, capacity, more: next !== undefined };
    } finally {
      freeBytes(kept.bytes);
    }
  } while (after !== undefined);
}

function askPartiQl({ text, kind, values }: PartiQl): Ask {
  const Parameters = values && attributesOf(values);
  return async (client, limit, after, options) => {
    const input = {
      Statement: text,
      ...(Parameters && { Parameters }),
      ReturnConsumedCapacity: 'INDEXES' as const,
      ...(kind === 'select' && { Limit: limit }),
      ...(typeof after === 'string' && { NextToken: after }),
    };
    const command = new ExecuteStatementCommand(input);
    const kept = keepItems(command);
    const { ConsumedCapacity, NextToken } = await client.send(command, options);
    return { kept, capacity: ConsumedCapacity, next: NextToken };
  };
}

function askRequest({ kind, input }: Request): Ask {
  return async (client, limit, after, options) => {
    const page = {
      ...input,
      ReturnConsumedCapacity: 'INDEXES' as const,
      Limit: limit,
      ...(typeof after === 'object' && { ExclusiveStartKey: after }),
    };
    const command = kind === 'query' ? new QueryCommand(page) : new ScanCommand(page);
    const kept = keepItems(command);
    const { ConsumedCapacity, LastEvaluatedKey } = await client.send(command, options);
    return { kept, capacity: ConsumedCapacity, next: LastEvaluatedKey };
  };
}
