/** The words of a statement, as far as completion has to understand it: names, signs, and what is neither. */

export interface SqlToken {
  /** `name` is a word or a quoted name; `text` a string; `comment` and `number` speak for themselves. */
  readonly kind: 'name' | 'sign' | 'text' | 'comment' | 'number';
  readonly from: number;
  readonly to: number;
  /** A name without its quotes; a word as it is written. */
  readonly value: string;
  readonly quoted: boolean;
  /** False for a string, comment or quoted name that the statement does not end. */
  readonly closed: boolean;
}

/** One alternative each, in this order; the dollar quote refers back to its own tag. */
const TOKENS = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<comment>--[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<text>[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|(?<tag>\$[A-Za-z_]*\$)[\s\S]*?(?:\k<tag>|$))`,
    '(?<quoted>"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$))',
    String.raw`(?<number>\d[\w.]*)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>[\s\S])`,
  ].join('|'),
  'gu',
);

export function readTokens(statement: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (const { 0: all, index, groups = {} } of statement.matchAll(TOKENS)) {
    if (groups.space !== undefined) continue;
    const place = { from: index, to: index + all.length };
    if (groups.word !== undefined) tokens.push({ kind: 'name', ...place, value: all, quoted: false, closed: true });
    else if (groups.quoted !== undefined) tokens.push({ kind: 'name', ...place, ...unquote(all), quoted: true });
    else tokens.push({ kind: kindOf(groups), ...place, value: all, quoted: false, closed: isClosed(all, groups) });
  }
  return tokens;
}

const kindOf = ({ comment, text, number }: Record<string, string | undefined>): SqlToken['kind'] =>
  comment !== undefined ? 'comment' : text !== undefined ? 'text' : number !== undefined ? 'number' : 'sign';

function unquote(text: string): { value: string; closed: boolean } {
  const quote = text[0] ?? '"';
  // `"a""` is open: its last two quotes are one that stands for itself.
  const inner = text.slice(1);
  const closed = (inner.match(/["`]+$/)?.[0].length ?? 0) % 2 === 1;
  return { value: (closed ? inner.slice(0, -1) : inner).replaceAll(quote + quote, quote), closed };
}

function isClosed(all: string, { comment, text, tag }: Record<string, string | undefined>): boolean {
  if (comment !== undefined) return all.startsWith('/*') ? all.endsWith('*/') && all.length >= 4 : false;
  if (tag !== undefined) return all.length >= 2 * tag.length && all.endsWith(tag);
  if (text === undefined) return true;
  const inner = all.replace(/^[eE]?'/, '').replaceAll(/\\[\s\S]|''/g, '');
  return inner.endsWith("'");
}
