/** The shell's notation without its values: names of collections, methods and fields stay. */
import { type MongoToken, readMongoToken } from '#contract/mongo/tokens.ts';

const VALUES: ReadonlySet<MongoToken['kind']> = new Set(['string', 'number', 'regex', 'comment']);

export function redactMongo(text: string): string {
  let redacted = '';
  /** The last two tokens that were no space: `getCollection (`, or `db [`. */
  let before = '';
  let last = '';
  for (let at = 0; at < text.length; ) {
    const token = readMongoToken(text, at);
    const written = text.slice(token.from, token.to);
    at = token.to;
    // Nobody knows where it was meant to end.
    if (!token.closed) return `${redacted}?`;
    const stays = token.kind === 'string' && (isKey(text, at) || isPlace(before, last));
    redacted += VALUES.has(token.kind) && !stays ? '?' : written;
    if (token.kind === 'comment' && written.startsWith('//')) redacted += ' ';
    if (token.kind !== 'space' && token.kind !== 'line') [before, last] = [last, written];
  }
  return redacted;
}

const isKey = (text: string, at: number): boolean => /^\s*:/.test(text.slice(at, at + 100));

const isPlace = (before: string, last: string): boolean =>
  (before === 'getCollection' && last === '(') || (before === 'db' && last === '[');
