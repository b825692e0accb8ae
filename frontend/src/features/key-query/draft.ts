/** A QUERY or a SCAN as a form holds it: what is typed, as text, until it is written as a statement. */
import type { KeyPlace } from './keyed.ts';

/** DynamoDB's types of values that a condition may compare with (API Reference, AttributeValue). */
export const TYPES = {
  S: 'String',
  N: 'Number',
  BOOL: 'Boolean',
  NULL: 'Null',
  B: 'Binary',
  SS: 'Strings',
  NS: 'Numbers',
  BS: 'Binaries',
} as const;
export type TypeName = keyof typeof TYPES;

interface OperatorInfo {
  readonly title: string;
  /** `two` are a lower and an upper bound; `list` are as many as one likes. */
  readonly takes: 'none' | 'one' | 'two' | 'list';
  /** True where a sort key may be compared so (API Reference, Query). */
  readonly ofKeys: boolean;
}
export const OPERATORS = {
  '=': { title: '=', takes: 'one', ofKeys: true },
  '<>': { title: '≠', takes: 'one', ofKeys: false },
  '<': { title: '<', takes: 'one', ofKeys: true },
  '<=': { title: '≤', takes: 'one', ofKeys: true },
  '>': { title: '>', takes: 'one', ofKeys: true },
  '>=': { title: '≥', takes: 'one', ofKeys: true },
  between: { title: 'between', takes: 'two', ofKeys: true },
  begins_with: { title: 'begins with', takes: 'one', ofKeys: true },
  contains: { title: 'contains', takes: 'one', ofKeys: false },
  in: { title: 'is one of', takes: 'list', ofKeys: false },
  exists: { title: 'exists', takes: 'none', ofKeys: false },
  missing: { title: 'does not exist', takes: 'none', ofKeys: false },
} as const satisfies Record<string, OperatorInfo>;
export type Operator = keyof typeof OPERATORS;

export interface Condition {
  readonly operator: Operator;
  readonly type: TypeName;
  /** What is typed: of a set and of a list one value a line. */
  readonly value: string;
  /** The upper bound of `between`. */
  readonly upper: string;
}
export interface Filter extends Condition {
  /** Tells one row of the form from another. */
  readonly id: number;
  readonly attribute: string;
}

export interface Draft {
  readonly kind: 'query' | 'scan';
  readonly table: string;
  readonly index: string | undefined;
  /** Of the partition key. */
  readonly partition: string;
  /** Of the sort key; undefined: every one. */
  readonly sort: Condition | undefined;
  readonly filters: readonly Filter[];
  /** Names of attributes with commas in between; empty: all of them. */
  readonly projection: string;
  readonly forward: boolean;
  readonly consistent: boolean;
  readonly limit: string;
}

export const emptyDraft = (table: string, index?: string): Draft => ({
  kind: 'query',
  table,
  index,
  partition: '',
  sort: undefined,
  filters: [],
  projection: '',
  forward: true,
  consistent: false,
  limit: '',
});

export const emptyCondition = (type: TypeName): Condition => ({ operator: '=', type, value: '', upper: '' });

/** Moves a draft to another table or index: what speaks of the old key goes, the rest stays. */
export function moved(draft: Draft, to: Pick<Draft, 'table' | 'index'>, place?: KeyPlace): Draft {
  const sameTable = to.table === draft.table;
  return {
    ...draft,
    ...to,
    partition: '',
    sort: undefined,
    filters: sameTable ? draft.filters : [],
    projection: sameTable ? draft.projection : '',
    consistent: draft.consistent && place?.scope !== 'global',
  };
}
