/** What Lodge knows of a table before it reads it: asked once a connection, with the user's own keys. */
import { DescribeTableCommand, type DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { ServiceTarget } from '../engine.ts';
import type { Calls } from './calls.ts';
import { missing } from './explain.ts';
import type { TableRules } from './table-rules.ts';

/** How a table or an index is read: by this key, out of so much. */
export interface Facts {
  readonly hash: string;
  readonly range: string | undefined;
  /** As DynamoDB last counted them: about every six hours (API Reference, TableDescription). */
  readonly items: number;
  readonly bytes: number;
}

export class Tables {
  /** Where the rules of the instance narrow tables one by one. */
  readonly rules: TableRules | undefined;
  readonly #calls: Calls;
  readonly #target: ServiceTarget;
  readonly #known = new Map<string, Promise<TableDescription>>();

  constructor(calls: Calls, target: ServiceTarget, rules?: TableRules) {
    this.#calls = calls;
    this.#target = target;
    this.rules = rules;
  }

  /**
   * What a hidden table is answered with: the words for one that does not exist. Where its tags might hide it and cannot be
   * read, why. Errors: OBJECT_NOT_FOUND, AWS_DENIED, THROTTLED, AWS_UNAVAILABLE.
   */
  async refuseHidden(table: string, signal?: AbortSignal): Promise<void> {
    const ruled = await this.rules?.of(table, signal);
    if (ruled?.effect === 'hidden') throw ruled.unread ?? missing({ table }, this.#target);
  }

  /**
   * `signal` is that of the statement which wants to know; left out: the connection's. A connection runs one statement at a
   * time, so that nobody else waits for what is given up. Errors: OBJECT_NOT_FOUND, AWS_DENIED, THROTTLED, AWS_UNAVAILABLE.
   */
  async describe(table: string, signal?: AbortSignal): Promise<TableDescription> {
    await this.refuseHidden(table, signal);
    const known = this.#known.get(table);
    if (known) return known;
    const asked = this.#calls
      .send(
        { action: 'DescribeTable', table },
        (client: DynamoDBClient, options) => client.send(new DescribeTableCommand({ TableName: table }), options),
        signal,
      )
      .then(({ Table }) => Table ?? {});
    asked.catch(() => this.#known.delete(table));
    this.#known.set(table, asked);
    return asked;
  }

  /** The facts of a table, or of one of its indexes. Errors: those of `describe`. */
  async facts(table: string, index: string | undefined, signal?: AbortSignal): Promise<Facts> {
    const description = await this.describe(table, signal);
    if (index === undefined) return factsOf(description, description.TableSizeBytes);
    const found = indexesOf(description).find(({ IndexName }) => IndexName === index);
    if (!found) throw noIndex(table, index, indexesOf(description));
    return factsOf(found, found.IndexSizeBytes);
  }
}

/** Global and local secondary indexes. */
export const indexesOf = ({ GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: TableDescription) => [
  ...GlobalSecondaryIndexes.map((index) => ({ ...index, scope: 'global' as const })),
  ...LocalSecondaryIndexes.map((index) => ({ ...index, scope: 'local' as const })),
];

/** The names of a key's attributes, the partition key first. */
export const keyOf = ({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>): string[] =>
  KeySchema.toSorted((one, other) => (one.KeyType ?? '').localeCompare(other.KeyType ?? '')).flatMap(
    ({ AttributeName }) => (AttributeName ? [AttributeName] : []),
  );

function factsOf(
  { KeySchema = [], ItemCount }: Pick<TableDescription, 'KeySchema' | 'ItemCount'>,
  bytes: number | undefined,
): Facts {
  const [hash = '', range] = keyOf({ KeySchema });
  return { hash, range, items: ItemCount ?? 0, bytes: bytes ?? 0 };
}

const noIndex = (table: string, index: string, indexes: readonly { IndexName?: string | undefined }[]): AppError =>
  new AppError('OBJECT_NOT_FOUND', {
    message: `The table ${table} has no index ${index}.`,
    details: {
      hint: indexes.length > 0 ? `It has: ${indexes.map(({ IndexName }) => IndexName).join(', ')}.` : 'It has none.',
    },
  });
