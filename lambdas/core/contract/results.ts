/**
 * The stream that answers a statement: newline-delimited JSON, one record a line. A stream without an `end` or `error`
 * record at its end was cut. Rows travel by columns, for they compress better so (a fifth less than row by row), and as
 * the text that the database printed, for an int8 or a numeric must never pass through a float.
 */
import * as z from 'zod';
import { ErrorBody } from './errors.ts';

/** How a value is shown, aligned, sorted and quoted; the database's own type stands beside it. */
export const ValueKind = z.enum(['text', 'number', 'boolean', 'temporal', 'json', 'bytes', 'array', 'uuid', 'other']);
export type ValueKind = z.infer<typeof ValueKind>;

export const ResultColumn = z.object({
  name: z.string(),
  /** As the database prints it: `numeric(12,2)`, `timestamp with time zone`. */
  type: z.string(),
  kind: ValueKind,
  /** Where the value comes from, where the database says so. */
  table: z.object({ schema: z.string(), name: z.string(), column: z.string() }).optional(),
  /** True for a column of that table's primary key. */
  key: z.boolean().optional(),
  /** True for the one column that holds each row whole, as JSON with its types: the other columns only repeat parts of it. */
  document: z.boolean().optional(),
});
export type ResultColumn = z.infer<typeof ResultColumn>;

/** A value as the database printed it; null is SQL's NULL. */
export const Value = z.string().nullable();
export type Value = z.infer<typeof Value>;

/** What a service charges for a statement, in its own units: DynamoDB's `ConsumedCapacity`. */
export const Consumed = z.object({
  /** Reads and writes are billed apart. */
  kind: z.enum(['read', 'write']),
  /** Capacity units, in halves: all of the statement's pages together. */
  units: z.number(),
  /** How many of them went to each index, by name; the rest went to the table. */
  indexes: z.record(z.string(), z.number()).optional(),
});
export type Consumed = z.infer<typeof Consumed>;

export const ResultRecord = z.discriminatedUnion('type', [
  /** First of all: what a cancel has to name. */
  z.object({ type: z.literal('started'), handle: z.string(), statements: z.number().int() }),
  /** A statement of the script begins; `from` and `to` are offsets in characters into the text that was sent. */
  z.object({ type: z.literal('statement'), statement: z.number().int(), from: z.number().int(), to: z.number().int() }),
  z.object({ type: z.literal('columns'), statement: z.number().int(), columns: z.array(ResultColumn) }),
  /** `values[c][r]`: as many arrays as columns, each `count` long. */
  z.object({ type: z.literal('rows'), count: z.number().int(), values: z.array(z.array(Value)) }),
  z.object({
    type: z.literal('notice'),
    severity: z.string(),
    message: z.string(),
    code: z.string().optional(),
    detail: z.string().optional(),
    hint: z.string().optional(),
  }),
  /** A statement has ended. `truncated`: there was more, and reading stopped at `maxRows`. */
  z.object({
    type: z.literal('done'),
    statement: z.number().int(),
    command: z.string(),
    rows: z.number().int(),
    affected: z.number().int().optional(),
    truncated: z.boolean(),
    elapsedMs: z.number(),
    consumed: Consumed.optional(),
  }),
  /**
   * Only where it was asked for: it is time to leave the script, in front of this statement. It ends here, and another
   * connection can go on with it; `heldBy`, where it goes on, is the statement that needs this connection.
   */
  z.object({ type: z.literal('pause'), statement: z.number().int(), heldBy: z.number().int().optional() }),
  z.object({ type: z.literal('heartbeat') }),
  /** The stream ends with one of these two. */
  z.object({ type: z.literal('error'), error: ErrorBody }),
  z.object({ type: z.literal('end'), elapsedMs: z.number() }),
]);
export type ResultRecord = z.infer<typeof ResultRecord>;

/** The largest number of rows that one result may stream; `maxRows` asks for fewer. */
export const ROW_LIMIT = 10_000_000;
