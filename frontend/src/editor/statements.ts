/** Which statement of a script is meant by a place in it. */
import type { Text } from '@codemirror/state';
import { splitMongo } from '#contract/mongo/split.ts';
import { type SqlDialect, type StatementRange, splitStatements } from '#contract/sql/split.ts';

/** How a script is split: as a dialect of SQL, as the shell of documents, or not at all. */
export type Splitting = SqlDialect | 'mongo' | undefined;

/** A text is split once, however often it is asked for; the splits of old texts go with them. */
const known = new WeakMap<Text, { dialect: Splitting; ranges: readonly StatementRange[] }>();

/** The statements of a text; without a dialect the whole of it is one. */
export function statementsOf(doc: Text, dialect: Splitting): readonly StatementRange[] {
  const before = known.get(doc);
  if (before && before.dialect === dialect) return before.ranges;
  const script = doc.toString();
  const whole = script.trim() === '' ? [] : [{ from: script.search(/\S/), to: script.trimEnd().length }];
  const split = dialect === 'mongo' ? splitMongo(script) : dialect && splitStatements(script, dialect);
  const ranges = split ?? whole;
  known.set(doc, { dialect, ranges });
  return ranges;
}

/**
 * The statement that a cursor means: the one it stands in or right behind (after its semicolon too, on the same line),
 * else the next one, else the last.
 */
export function statementAt(doc: Text, ranges: readonly StatementRange[], cursor: number): StatementRange | undefined {
  const next = firstEndingFrom(ranges, cursor);
  const inside = ranges[next];
  const before = ranges[next - 1];
  // `select 1; -- so` belongs together for whoever reads it, though the comment is the next statement's.
  const isTrailing = inside && before && sameLine(doc, before.to, inside.from) && startsWithComment(doc, inside.from);
  if (inside && inside.from <= cursor && !(isTrailing && sameLine(doc, before.to, cursor))) return inside;
  if (before && sameLine(doc, before.to, cursor)) return before;
  return inside ?? before;
}

/** The first statement that does not end before a place. */
function firstEndingFrom(ranges: readonly StatementRange[], cursor: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) < cursor) low = middle + 1;
    else high = middle;
  }
  return low;
}

const startsWithComment = (doc: Text, at: number): boolean => doc.sliceString(at, at + 2) === '--';

const sameLine = (doc: Text, a: number, b: number): boolean => doc.lineAt(a).number === doc.lineAt(b).number;

/**
 * What completion reads around a cursor, and where it begins: the statement under it, as far as the cursor at least. A
 * cursor behind a semicolon begins a statement of its own.
 */
export function textAround(
  doc: Text,
  ranges: readonly StatementRange[],
  cursor: number,
): { text: string; from: number } {
  const next = firstEndingFrom(ranges, cursor);
  const inside = ranges[next];
  if (inside && inside.from <= cursor) return { text: doc.sliceString(inside.from, inside.to), from: inside.from };
  const before = ranges[next - 1];
  if (before && !doc.sliceString(before.to, cursor).includes(';'))
    return { text: doc.sliceString(before.from, cursor), from: before.from };
  return { text: '', from: cursor };
}
