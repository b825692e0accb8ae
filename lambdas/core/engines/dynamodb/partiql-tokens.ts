/** The words of a PartiQL statement, as far as Lodge has to understand it: what it reads from, and that it only reads. */

export interface Token {
  /** `name` is a word in double quotes; `broken` is what Lodge does not understand: an open quote or comment, a backtick. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'broken';
  /** Without quotes. */
  readonly value: string;
  /** How many brackets of any kind are open around it. */
  readonly depth: number;
}

/** One alternative each, in this order. */
const TOKENS = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\n]*|/\*[\s\S]*?\*/)`,
    `'(?<text>(?:[^']|'')*)'`,
    String.raw`"(?<name>(?:[^"\\]|"")*)"`,
    String.raw`(?<number>\d[\w.]*)`,
    String.raw`(?<word>[\p{L}_$][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>[\s\S])`,
  ].join('|'),
  'gu',
);
const BROKEN = /['"`\\;/]/;
const OPENING = '([{';
const CLOSING = ')]}';

/** The tokens of one statement, without its white space and comments. */
export function readTokens(statement: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { 0: all, groups = {} } of statement.matchAll(TOKENS)) {
    if (groups.space !== undefined) continue;
    if (CLOSING.includes(all)) depth -= 1;
    tokens.push({ ...kindOf(groups, all), depth });
    if (OPENING.includes(all)) depth += 1;
  }
  return tokens;
}

function kindOf({ text, name, number, word }: Record<string, string | undefined>, all: string): Omit<Token, 'depth'> {
  if (text !== undefined) return { kind: 'text', value: text.replaceAll("''", "'") };
  if (name !== undefined) return { kind: 'name', value: name.replaceAll('""', '"') };
  if (number !== undefined) return { kind: 'number', value: number };
  if (word !== undefined) return { kind: 'word', value: word };
  return { kind: BROKEN.test(all) ? 'broken' : 'sign', value: all };
}

/** True for a word of the language, in any case: `isWord(token, 'SELECT')`. A name in quotes is none. */
export const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.value.toUpperCase() === word;

/** Words of statements that write. As names of attributes they are reserved, and stand in quotes. */
const WRITING = new Set(
  'INSERT UPDATE DELETE UPSERT REPLACE REMOVE SET INTO VALUE VALUES CREATE ALTER DROP EXEC EXECUTE CALL'.split(' '),
);

/**
 * True for a statement that begins with SELECT, that Lodge understands from its first to its last character, and that
 * holds no word of one that writes. DynamoDB takes one statement a call, and its SELECT has no part that writes
 * (Developer Guide, "PartiQL select statements for DynamoDB").
 */
export const isSelect = (tokens: readonly Token[]): boolean =>
  isWord(tokens[0], 'SELECT') &&
  tokens.every(({ kind, value }) => kind !== 'broken' && !(kind === 'word' && WRITING.has(value.toUpperCase()))) &&
  tokens.every(({ depth }) => depth >= 0);

/** The statement with a space for each character of a comment: places in it stay, and DynamoDB sees what Lodge has read. */
export const withoutComments = (statement: string): string =>
  statement.replaceAll(/'(?:[^']|'')*'|"(?:[^"\\]|\\[\s\S])*"|--[^\n]*|\/\*[\s\S]*?\*\//g, (all) =>
    /^(?:--|\/\*)/.test(all) ? all.replaceAll(/[^\n]/g, ' ') : all,
  );
