/** DynamoDB's values as text, without a loss: numbers stay the digits that came, and what is nested keeps its types. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ValueKind } from '#contract/results.ts';

export type Item = Readonly<Record<string, AttributeValue>>;
/** `S`, `N`, `B`, `BOOL`, `NULL`, `M`, `L`, `SS`, `NS` or `BS`. */
export type TypeName = string;

export const typeOf = (value: AttributeValue): TypeName => Object.keys(value)[0] ?? 'NULL';

/** How a column of one type is shown. Binary is base64, as in DynamoDB's own JSON. */
export const KINDS: Readonly<Record<TypeName, ValueKind>> = {
  S: 'text',
  N: 'number',
  BOOL: 'boolean',
  B: 'other',
  NULL: 'other',
  M: 'json',
  L: 'json',
  SS: 'json',
  NS: 'json',
  BS: 'json',
};

/** A value as a cell shows it: scalars bare, the others as DynamoDB JSON with their type. */
export function textOf(value: AttributeValue): string {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return value.N;
  if (value.BOOL !== undefined) return String(value.BOOL);
  if (value.B !== undefined) return base64(value.B);
  if (value.NULL !== undefined) return 'null';
  return JSON.stringify(plain(value));
}

/** A whole item as DynamoDB JSON. */
export const itemText = (item: Item): string => JSON.stringify(mapOf(item));

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const mapOf = (item: Item): object =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

/** Bytes become base64; everything else of DynamoDB JSON is JSON already. */
function plain(value: AttributeValue): object {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(plain) };
  if (value.M !== undefined) return { M: mapOf(value.M) };
  return value;
}
