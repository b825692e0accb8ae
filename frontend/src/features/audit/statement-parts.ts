/** A statement in parts that are coloured alike. */
import { readTokens, type SqlToken } from '../../editor/sql-tokens.ts';
import { KEYWORDS } from '../../editor/sql-words.ts';

/** One word each: `group by` is coloured as `group` and `by`. */
const WORDS: ReadonlySet<string> = new Set(KEYWORDS.flatMap((phrase) => phrase.split(' ')));

export interface StatementPart {
  /** Where it begins. */
  readonly at: number;
  readonly text: string;
  /** Absent: as any other text. */
  readonly kind?: 'keyword' | 'text' | 'number' | 'comment';
}

/** Longer ones are shown as they are: nobody reads them for their colours. */
const MOST = 20_000;

/** All parts together are the text. */
export function statementParts(text: string): StatementPart[] {
  if (text.length > MOST) return [{ at: 0, text }];
  const parts: StatementPart[] = [];
  let end = 0;
  for (const token of readTokens(text)) {
    const kind = kindOf(token);
    if (!kind) continue;
    if (token.from > end) parts.push({ at: end, text: text.slice(end, token.from) });
    parts.push({ at: token.from, text: text.slice(token.from, token.to), kind });
    end = token.to;
  }
  return end < text.length ? [...parts, { at: end, text: text.slice(end) }] : parts;
}

function kindOf({ kind, value, quoted }: SqlToken): StatementPart['kind'] {
  if (kind === 'name') return !quoted && WORDS.has(value.toLowerCase()) ? 'keyword' : undefined;
  return kind === 'sign' ? undefined : kind;
}
