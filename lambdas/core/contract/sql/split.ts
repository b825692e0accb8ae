/**
 * Splits a script into its statements, in one pass and without judging it: the editor finds the statement under the
 * cursor with it, an engine runs one statement after the other. It guards nothing; databases do that themselves.
 */

/** What splitting has to know of a dialect. */
export interface SqlDialect {
  /** Characters that open quoted text or a quoted name; the character twice stands for itself. */
  readonly quotes: string;
  /**
   * Where a backslash escapes inside quoted text: in `E'…'` (PostgreSQL), in `'…'` (Redshift, as PostgreSQL 8.0), in `"…"`
   * (JSON), everywhere (MySQL), nowhere.
   */
  readonly backslash: 'never' | 'prefixed' | 'single' | 'double' | 'always';
  readonly hashComments: boolean;
  readonly nestedComments: boolean;
  readonly dollarQuotes: boolean;
  /**
   * Where semicolons end nothing: inside `BEGIN ATOMIC … END` and the parentheses of `CREATE RULE` (`atomic`), inside
   * the `BEGIN … END` of whatever is created, and of MariaDB's `BEGIN NOT ATOMIC` (`compound`), in a block of PL/SQL and
   * whatever creates one (`plsql`), or anywhere: a batch is sent as it is, for its variables live as long (`batch`).
   */
  readonly bodies: 'atomic' | 'compound' | 'plsql' | 'batch' | 'none';
  /** `--` begins a comment only where a space follows: MySQL reads `5--1` as a sum. */
  readonly spacedDashes?: boolean;
  /** A line that holds nothing but this ends what is before it, whatever is open: as sqlcmd has GO, and SQL*Plus its slash. */
  readonly separator?: 'GO' | '/';
  /** `[name]`, where `]]` stands for one bracket. */
  readonly brackets?: boolean;
  /** `q'[it's]'` holds quotes, between brackets or any other character twice. */
  readonly alternativeQuotes?: boolean;
  /** A line such as `DELIMITER //` says what ends a statement from there on, as MySQL's own client has it. */
  readonly delimiters?: boolean;
  /** `{'a'::b}` is a field with a parameter as its value; elsewhere two colons are a cast. */
  readonly fields?: boolean;
}

const POSTGRES: SqlDialect = {
  quotes: `'"`,
  backslash: 'prefixed',
  hashComments: false,
  nestedComments: true,
  dollarQuotes: true,
  bodies: 'atomic',
};

/** The dialects by the name that `ENGINES` gives them; the languages that are not SQL have none. */
export const SQL_DIALECTS = {
  postgres: POSTGRES,
  redshift: { ...POSTGRES, backslash: 'single', bodies: 'none' },
  mysql: {
    quotes: `'"\``,
    backslash: 'always',
    hashComments: true,
    nestedComments: false,
    dollarQuotes: false,
    bodies: 'compound',
    spacedDashes: true,
    delimiters: true,
  },
  tsql: {
    quotes: `'"`,
    backslash: 'never',
    hashComments: false,
    nestedComments: true,
    dollarQuotes: false,
    bodies: 'batch',
    separator: 'GO',
    brackets: true,
  },
  oracle: {
    quotes: `'"`,
    backslash: 'never',
    hashComments: false,
    nestedComments: false,
    dollarQuotes: false,
    bodies: 'plsql',
    separator: '/',
    alternativeQuotes: true,
  },
  /** DynamoDB's. A QUERY or a SCAN is followed by JSON, whose texts know a backslash; PartiQL's names hardly ever do. */
  partiql: {
    quotes: `'"`,
    backslash: 'double',
    hashComments: false,
    nestedComments: false,
    dollarQuotes: false,
    bodies: 'none',
    fields: true,
  },
} as const satisfies Record<string, SqlDialect>;

/**
 * Offsets in UTF-16 code units; `to` is exclusive. Comments before a statement belong to it, its semicolon does not: save
 * that of a block, which is a part of it.
 */
export interface StatementRange {
  readonly from: number;
  readonly to: number;
}

/** The statements of a script in their order. What holds nothing but white space and comments is no statement. */
export function splitStatements(script: string, dialect: SqlDialect): StatementRange[] {
  const ranges: StatementRange[] = [];
  let from = -1;
  let to = -1;
  let body = new Body(dialect.bodies);
  let delimiter = ';';
  for (let at = 0; at < script.length; ) {
    const said = from < 0 && dialect.delimiters ? readDelimiter(script, at) : undefined;
    if (said) {
      [delimiter, at] = said;
      continue;
    }
    const separated = dialect.separator ? skipSeparator(script, at, dialect.separator) : at;
    if (separated > at) {
      if (to >= 0) ranges.push({ from, to });
      from = to = -1;
      body = new Body(dialect.bodies);
      at = separated;
      continue;
    }
    const [kind, end] = readToken(script, at, dialect, delimiter);
    if (kind === 'end' && (!body.open || delimiter !== ';')) {
      if (to >= 0) ranges.push({ from, to });
      from = to = -1;
      body = new Body(dialect.bodies);
    } else if (kind !== 'space') {
      if (from < 0) from = at;
      if (kind !== 'comment') {
        to = end;
        body.take(kind, script, at, end);
      }
    }
    at = end;
  }
  if (to >= 0) ranges.push({ from, to });
  return ranges;
}

type TokenKind = 'space' | 'comment' | 'word' | 'quoted' | 'end' | 'sign';
type Token = readonly [kind: TokenKind, end: number];

/** The token that begins at `at`, which is before the end of the text, and where it ends. */
export function readToken(text: string, at: number, dialect: SqlDialect, delimiter: string): Token {
  const sign = text.charAt(at);
  if (isSpace(text.charCodeAt(at))) return ['space', skipSpace(text, at + 1)];
  if (text.startsWith(delimiter, at)) return ['end', at + delimiter.length];
  if (isWordStart(text.charCodeAt(at))) return upTo(delimiter, text, at, readWord(text, at, dialect));
  if (dialect.quotes.includes(sign)) return ['quoted', skipQuoted(text, at, escapes(dialect, sign))];
  if (beginsLineComment(text, at, dialect)) return ['comment', skipLine(text, at)];
  if (text.startsWith('/*', at)) return ['comment', skipComment(text, at + 2, dialect.nestedComments)];
  if (dialect.dollarQuotes && sign === '$') return readDollar(text, at);
  if (dialect.brackets && sign === '[') return ['quoted', skipBracketed(text, at)];
  return ['sign', at + 1];
}

function beginsLineComment(text: string, at: number, { hashComments, spacedDashes }: SqlDialect): boolean {
  if (!text.startsWith('--', at)) return hashComments && text.charAt(at) === '#';
  return !spacedDashes || at + 2 >= text.length || text.charCodeAt(at + 2) <= 32;
}

const SEPARATORS = { GO: /go[ \t]*(?:--[^\n]*)?(?=\r?\n|$)/iy, '/': /\/[ \t]*(?=\r?\n|$)/y } as const;

/** Behind a line that separates; `at` where there is none. */
function skipSeparator(text: string, at: number, separator: keyof typeof SEPARATORS): number {
  const pattern = SEPARATORS[separator];
  pattern.lastIndex = at;
  if (!pattern.test(text)) return at;
  const end = pattern.lastIndex;
  let before = at - 1;
  while (text.charAt(before) === ' ' || text.charAt(before) === '\t') before -= 1;
  return before < 0 || text.charAt(before) === '\n' ? end : at;
}

/** The rest of the line, as far as its first space; undefined where there is no such line. */
function readDelimiter(text: string, at: number): readonly [delimiter: string, end: number] | undefined {
  if (!/^delimiter\s/i.test(text.slice(at, at + 10))) return undefined;
  const end = skipLine(text, at);
  const [word] = text
    .slice(at + 10, end)
    .trim()
    .split(/\s/, 1);
  return word ? [word, end] : undefined;
}

/** A delimiter such as `$$` may follow a word of whose letters it could be one. */
function upTo(delimiter: string, text: string, at: number, [kind, end]: Token): Token {
  const found = delimiter === ';' ? -1 : text.slice(at, end).indexOf(delimiter);
  return found > 0 ? ['word', at + found] : [kind, end];
}

const ESCAPED_QUOTES: Readonly<Record<SqlDialect['backslash'], string>> = {
  never: '',
  prefixed: '',
  single: "'",
  double: '"',
  always: `'"`,
};
const escapes = ({ backslash }: SqlDialect, quote: string): boolean => ESCAPED_QUOTES[backslash].includes(quote);

/** A word, or the prefix of quoted text with that text: `E'…'` is the one where a backslash escapes. */
function readWord(text: string, at: number, dialect: SqlDialect): Token {
  let end = at + 1;
  while (isWordPart(text.charCodeAt(end))) end += 1;
  if (dialect.alternativeQuotes && text.charAt(end) === "'" && /^n?q$/i.test(text.slice(at, end)))
    return ['quoted', skipAlternative(text, end + 1)];
  const prefixed = dialect.backslash === 'prefixed' && end === at + 1 && /e/i.test(text.charAt(at));
  return prefixed && text.charAt(end) === "'" ? ['quoted', skipQuoted(text, end, true)] : ['word', end];
}

/** `$tag$ … $tag$`; a parameter such as `$1` and a lone dollar are signs. */
function readDollar(text: string, at: number): Token {
  let end = at + 1;
  if (isWordStart(text.charCodeAt(end)) && !isDigit(text.charCodeAt(end)))
    while (isWordPart(text.charCodeAt(end)) && text.charAt(end) !== '$') end += 1;
  if (text.charAt(end) !== '$') return ['sign', Math.max(end, at + 1)];
  const tag = text.slice(at, end + 1);
  const close = text.indexOf(tag, end + 1);
  return ['quoted', close < 0 ? text.length : close + tag.length];
}

function skipQuoted(text: string, at: number, backslash: boolean): number {
  const quote = text.charAt(at);
  for (let i = at + 1; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (backslash && sign === '\\' && quote !== '`') i += 1;
    else if (sign === quote && text.charAt(i + 1) === quote) i += 1;
    else if (sign === quote) return i + 1;
  }
  return text.length;
}

/** `at` is the character that opens: a bracket closes with its like, any other with itself, and a quote behind it. */
function skipAlternative(text: string, at: number): number {
  const open = text.charAt(at);
  const pair = ['[]', '()', '{}', '<>'].find(([first]) => first === open);
  const close = text.indexOf(`${pair?.[1] ?? open}'`, at + 1);
  return close < 0 ? text.length : close + 2;
}

function skipBracketed(text: string, at: number): number {
  for (let i = text.indexOf(']', at); i >= 0; i = text.indexOf(']', i + 2))
    if (text.charAt(i + 1) !== ']') return i + 1;
  return text.length;
}

function skipLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed + 1;
}

function skipComment(text: string, at: number, nested: boolean): number {
  for (let i = at, depth = 1; i < text.length; i += 1) {
    if (text.startsWith('*/', i)) {
      depth -= 1;
      i += 1;
      if (depth === 0) return i + 1;
    } else if (nested && text.startsWith('/*', i)) {
      depth += 1;
      i += 1;
    }
  }
  return text.length;
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

// Both lexers count every character above ASCII as part of a word (PostgreSQL: scan.l, `ident_start`).
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isWordStart = (code: number): boolean => isLetter(code) || isDigit(code) || code === 95 || code >= 128;
const isWordPart = (code: number): boolean => isWordStart(code) || code === 36;

/** What SQL*Plus reads as PL/SQL (SQL*Plus User's Guide, "Running PL/SQL Blocks"); `…` is (NON)EDITIONABLE. */
const PLSQL =
  /^(declare|begin|< <|with (function|procedure)|create (or replace )?(… )?(function|procedure|package|trigger|type|library|java)) /;

/**
 * The places where a semicolon ends nothing. PostgreSQL's grammar has no others (gram.y: `routine_body_stmt_list`,
 * `RuleActionMulti`), so parentheses that are left open elsewhere cost one statement, not the rest of the script. MySQL's
 * are the compound statements of what is created; `BEGIN` alone begins a transaction. Oracle's end with a line of one slash,
 * as SQL*Plus has it: how deep a package is nested is known to its compiler alone.
 */
class Body {
  /** The first words of the statement, as far as they decide: `create or replace function`. */
  #head = '';
  #words = 0;
  #depth = 0;
  /** The words before: `BEGIN` opens a body when `ATOMIC` follows, and `x.end` or `as end` are names. */
  #previous = '';
  /** Whether the statement creates something, and whether the last END has closed anything. */
  #created = false;
  #ended = false;
  readonly #bodies: SqlDialect['bodies'];

  constructor(bodies: SqlDialect['bodies']) {
    this.#bodies = bodies;
  }

  get open(): boolean {
    return this.#depth > 0;
  }

  take(kind: TokenKind, text: string, from: number, to: number): void {
    if (this.#bodies === 'none') return;
    // No word that matters here is longer.
    const token = kind === 'quoted' || to - from > 9 ? '…' : text.slice(from, to).toLowerCase();
    if (this.#words < 5) {
      this.#words += 1;
      this.#head += `${token} `;
    }
    this.#depth = Math.max(0, this.#depth + this.#change(this.#bodies, token));
    this.#previous = token;
  }

  #change(bodies: Exclude<SqlDialect['bodies'], 'none'>, token: string): number {
    if (bodies === 'batch') return 1;
    if (bodies === 'plsql') return PLSQL.test(this.#head) ? 1 : 0;
    return bodies === 'atomic' ? this.#atomic(token) : this.#compound(token);
  }

  #atomic(token: string): number {
    if (/^create (or replace )?rule /.test(this.#head)) return token === '(' ? 1 : token === ')' ? -1 : 0;
    if (!/^create (or replace )?(function|procedure) /.test(this.#head)) return 0;
    if (token === 'atomic' && this.#previous === 'begin') return 1;
    if (this.#depth === 0 || this.#previous === '.' || this.#previous === 'as') return 0;
    return token === 'case' ? 1 : token === 'end' ? -1 : 0;
  }

  /** The ends of IF, LOOP, WHILE, REPEAT and FOR are two words: the second takes the first back. */
  #compound(token: string): number {
    if (this.#words === 1) this.#created = token === 'create' || token === 'alter';
    if (this.#words === 2 && this.#head === 'begin not ') return 1;
    if (!this.#created && this.#depth === 0) return 0;
    if (this.#previous === 'end') return this.#ended && /^(if|loop|while|repeat|for)$/.test(token) ? 1 : 0;
    if (this.#previous === '.' || this.#previous === 'as') return 0;
    if (token === 'begin') return 1;
    this.#ended = token === 'end' && this.#depth > 0;
    if (this.#ended) return -1;
    return token === 'case' && this.#depth > 0 ? 1 : 0;
  }
}
