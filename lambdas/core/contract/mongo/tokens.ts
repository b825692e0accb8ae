/** The signs of MongoDB's shell notation, as far as Lodge reads it: JavaScript without operators, so `/` begins a regex. */

type MongoTokenKind = 'space' | 'line' | 'comment' | 'word' | 'number' | 'string' | 'regex' | 'sign';

export interface MongoToken {
  readonly kind: MongoTokenKind;
  /** Offsets in UTF-16 code units; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** False: a text, a regex or a comment whose end is missing. */
  readonly closed: boolean;
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /[^\S\n\r\u2028\u2029]+|\ufeff/y;
const LINE = /[\n\r\u2028\u2029]+/y;
const LINE_COMMENT = /\/\/[^\n\r\u2028\u2029]*/y;
const QUOTED: Readonly<Record<string, RegExp>> = {
  "'": /'(?:[^'\\\n\r]|\\[\s\S])*('?)/y,
  '"': /"(?:[^"\\\n\r]|\\[\s\S])*("?)/y,
  '`': /`(?:[^`\\]|\\[\s\S])*(`?)/y,
};
const REGEX = /\/(?:[^/\\[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\]?)*(\/?)[A-Za-z]*/y;

/** The token that begins at `at`, which is before the end of the text. */
export function readMongoToken(text: string, at: number): MongoToken {
  const sign = text.charAt(at);
  const token = (kind: MongoTokenKind, to: number, closed = true): MongoToken => ({ kind, from: at, to, closed });
  const space = end(SPACE, text, at);
  if (space !== undefined) return token('space', space);
  const line = end(LINE, text, at);
  if (line !== undefined) return token('line', line);
  if (text.startsWith('//', at)) return token('comment', end(LINE_COMMENT, text, at) ?? text.length);
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    return token('comment', close < 0 ? text.length : close + 2, close >= 0);
  }
  const quoted = sign === '/' ? REGEX : QUOTED[sign];
  if (quoted) {
    quoted.lastIndex = at;
    const match = quoted.exec(text);
    return token(sign === '/' ? 'regex' : 'string', at + (match?.[0].length ?? 1), match?.[1] !== '' && match !== null);
  }
  const number = end(NUMBER, text, at);
  if (number !== undefined) return token('number', number);
  const word = end(WORD, text, at);
  return word === undefined ? token('sign', at + 1) : token('word', word);
}

function end(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? at + match[0].length : undefined;
}
