/** What a statement is, once it is understood: a command of MongoDB's, and what is told of its answer. */
import type { Document } from 'mongodb';
import type { Source } from './field-columns.ts';
import type { Call, Data, DataMap } from './shell/parse.ts';

/** A command's first name is what it does. */
export type Command = Map<string, Data>;

export interface Operation {
  /** The word that a result is headed by. */
  readonly title: string;
  readonly database: string;
  readonly command: Command;
  /** `cursor`: rows come batch by batch; else what the reply tells. */
  readonly result: 'cursor' | ((reply: Document) => Told);
  /** Whose documents the rows are, where they are a collection's own. */
  readonly source?: Source;
}
export interface Told {
  readonly rows: readonly (DataMap | Document)[];
  readonly affected?: number;
}
/** Several commands of the shell's `bulkWrite`, which no server has before MongoDB 8. */
export interface Bulk {
  readonly title: string;
  readonly database: string;
  readonly commands: readonly Command[];
  /** True: the first that fails ends it. */
  readonly ordered: boolean;
  readonly result: (replies: readonly Document[]) => Told;
}
export type Step = Operation | Bulk | { readonly use: string };

export type CollectionMethod<T = Operation> = (given: { readonly source: Source; readonly call: Call }) => T;

export const command = (...fields: readonly (readonly [string, Data])[]): Command =>
  new Map(fields.filter(([, value]) => value !== undefined));
