/**
 * SQL without its literals. It reads the tokens that the splitting of scripts reads; where a setting of the server, unknown
 * here, would decide where a text ends, all that follows is left out.
 */
import { readToken, type SQL_DIALECTS, type SqlDialect } from '#contract/sql/split.ts';

type Name = keyof typeof SQL_DIALECTS;

/** Characters that open names, and no literals. A server of SQL Server's may be told otherwise, and then says so. */
const NAMES: Readonly<Record<Name, string>> = {
  postgres: '"',
  redshift: '"',
  mysql: '`',
  tsql: '"[',
  oracle: '"',
  partiql: '"',
};

/** Where a backslash may or may not escape a quote: `standard_conforming_strings`, and NO_BACKSLASH_ESCAPES. */
const UNSURE: ReadonlySet<Name> = new Set(['postgres', 'mysql']);

const NUMBER = /\d[\w.]*(?:(?<=[eE])[+-]\d+)?/y;
const SPACE_OR_COMMENT: ReadonlySet<string> = new Set(['space', 'comment']);

/** The text with `?` for each string, number and comment. */
export function redactSql(text: string, name: Name, dialect: SqlDialect): string {
  const names = name === 'tsql' && /quoted_identifier/i.test(text) ? '[' : NAMES[name];
  const secrets = new UnquotedSecrets();
  let redacted = '';
  /** The token before, where it was a sign: `$` and `1` are a parameter of PostgreSQL's. */
  let sign = '';
  for (let at = 0; at < text.length; ) {
    const [kind, tokenEnd] = readToken(text, at, dialect, ';');
    const end = kind === 'word' ? numberEnd(text, at, tokenEnd) : tokenEnd;
    const token = text.slice(at, end);
    if (kind === 'comment') redacted += token.startsWith('/*') ? '/*?*/' : `--?${token.endsWith('\n') ? '\n' : ''}`;
    else if (kind === 'quoted' && !names.includes(token.charAt(0))) {
      if (UNSURE.has(name) && isUnsure(token)) return `${redacted}?`;
      redacted += '?';
    } else if ((isNumber(token) && !(dialect.dollarQuotes && sign === '$')) || secrets.take(kind, token))
      redacted += '?';
    else redacted += token;
    sign = kind === 'sign' ? token : '';
    at = end;
  }
  return redacted;
}

const isNumber = (token: string): boolean => /^\d/.test(token);

/** A number with its fraction and its exponent is several tokens. */
function numberEnd(text: string, at: number, end: number): number {
  if (!isNumber(text.charAt(at))) return end;
  NUMBER.lastIndex = at;
  return Math.max(end, at + (NUMBER.exec(text)?.[0].length ?? 0));
}

/** `E'…'` says itself that a backslash escapes, and a dollar quote that none does. */
const isUnsure = (token: string): boolean => /^['"]/.test(token) && /\\['"]/.test(token);

/** Oracle's passwords need no quotes: `IDENTIFIED BY tiger REPLACE lion`, and a list of them in a GRANT. */
class UnquotedSecrets {
  #identified = false;
  #expected = false;
  #listed = false;

  /** Whether this token is one. */
  take(kind: string, token: string): boolean {
    if (SPACE_OR_COMMENT.has(kind)) return false;
    const word = kind === 'word' ? token.toUpperCase() : '';
    if (this.#expected) {
      this.#expected = word === 'VALUES';
      this.#listed = !this.#expected;
      return !this.#expected;
    }
    if (kind === 'end') this.#identified = false;
    if (word === 'IDENTIFIED') this.#identified = true;
    this.#expected = this.#identified && (word === 'BY' || word === 'REPLACE' || (this.#listed && token === ','));
    this.#listed = false;
    return false;
  }
}
