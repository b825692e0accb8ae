/** What a statement names, and what may stand at a place of it. */
import { readTokens, type SqlToken } from './sql-tokens.ts';

/** A table that the statement reads or writes, by the name that its columns are qualified with. */
export interface TableUse {
  readonly schema: string | undefined;
  readonly name: string;
  readonly alias: string | undefined;
  /** Columns that the statement itself gives it: of a common table expression. */
  readonly columns?: readonly string[];
  /** A subquery: it has a name but no table. */
  readonly derived?: boolean;
}

export interface StatementScope {
  /**
   * `nothing`: inside of a string, a comment or a number. `table`: a table's name is expected. `insert`: a column of the
   * table that is inserted into. `join`: a condition of the last join. `any`: an expression or a keyword.
   */
  readonly expects: 'nothing' | 'table' | 'insert' | 'join' | 'any';
  /** What is typed of the name so far, and where it begins in the statement. */
  readonly prefix: string;
  readonly from: number;
  /** True where the name was begun with a quote. */
  readonly quoted: boolean;
  /** The names before the dots: `["public", "orders"]`. */
  readonly path: readonly string[];
  /** Of the place itself first, then of what surrounds it. */
  readonly tables: readonly TableUse[];
  /** Common table expressions, by name. */
  readonly expressions: readonly TableUse[];
}

/** Words after which a table stands, and those that end a list of tables. */
const BEFORE_TABLE = new Set(['from', 'join', 'update', 'into', 'table', 'truncate', 'describe']);
const CLAUSES = new Set(
  `select where on using group order having limit offset union intersect except returning set values window fetch for
when then else and or not case`.split(/\s+/),
);
const NOT_AN_ALIAS = new Set(
  `${[...BEFORE_TABLE, ...CLAUSES].join(' ')} left right inner outer full cross natural lateral only as default with
tablesample conflict do nothing`.split(/\s+/),
);

/** Reads a statement as far as its tables go, and says what may be typed at `cursor` (an offset into it). */
export function readScope(statement: string, cursor: number): StatementScope {
  const tokens = readTokens(statement);
  const uses = readUses(tokens.filter(({ kind }) => kind !== 'comment'));
  const typed = readTyped(tokens, cursor);
  const depth = parensAt(tokens, cursor);
  const visible = uses.filter((use) => !use.expression && isAround(use.parens, depth));
  visible.sort((a, b) => b.parens.length - a.parens.length);
  const all = visible.length > 0 ? visible : uses.filter((use) => !use.expression);
  return { ...typed, tables: all.map(bare), expressions: uses.filter((use) => use.expression).map(bare) };
}

type Use = TableUse & { readonly parens: readonly number[]; readonly expression: boolean };
const bare = ({ parens: _, expression: __, ...use }: Use): TableUse => use;

const word = (token: SqlToken | undefined): string =>
  token?.kind === 'name' && !token.quoted ? token.value.toLowerCase() : '';
const isSign = (token: SqlToken | undefined, sign: string): boolean => token?.kind === 'sign' && token.value === sign;

/** What stands before the cursor: the name that is being typed, the path before it, and the word that decides. */
function readTyped(tokens: readonly SqlToken[], cursor: number): Omit<StatementScope, 'tables' | 'expressions'> {
  const before = tokens.filter(({ from }) => from < cursor);
  const last = before.at(-1);
  const inside = last && (last.to > cursor || (last.to === cursor && !last.closed));
  const nothing = { expects: 'nothing', prefix: '', from: cursor, quoted: false, path: [] } as const;
  if (last && (last.kind === 'text' || last.kind === 'comment') && inside) return nothing;
  if (last?.kind === 'number' && last.to >= cursor) return nothing;
  const typing = last?.kind === 'name' && last.to >= cursor && (!last.quoted || !last.closed || last.to > cursor);
  const rest = (typing ? before.slice(0, -1) : before).filter(({ kind }) => kind !== 'comment');
  const { path, decided } = readPath(rest);
  const raw = typing && last ? last.value.slice(0, cursor - last.from - (last.quoted ? 1 : 0)) : '';
  return {
    expects: expected(rest.slice(0, decided)),
    prefix: raw,
    from: typing && last ? last.from : cursor,
    quoted: typing === true && last.quoted,
    path,
  };
}

/** The names before a dot, and how many tokens stand before them. */
function readPath(tokens: readonly SqlToken[]): { path: string[]; decided: number } {
  const path: string[] = [];
  let at = tokens.length;
  while (isSign(tokens[at - 1], '.') && tokens[at - 2]?.kind === 'name') {
    path.unshift(tokens[at - 2]?.value ?? '');
    at -= 2;
  }
  return { path, decided: at };
}

/** Goes back to the word that decides what may stand here; what is in closed parentheses does not. */
function expected(tokens: readonly SqlToken[]): StatementScope['expects'] {
  let closed = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (isSign(token, ')')) closed++;
    else if (isSign(token, '(')) {
      if (closed > 0) closed--;
      else return isInsertList(tokens, at) ? 'insert' : 'any';
    } else if (closed === 0) {
      const decides = word(token);
      if (decides === 'on') return at === tokens.length - 1 ? 'join' : 'any';
      if (BEFORE_TABLE.has(decides)) return expectsTable(tokens.slice(at + 1)) ? 'table' : 'any';
      if (CLAUSES.has(decides)) return 'any';
    }
  }
  return 'any';
}

/** After FROM a table stands, and again after each comma; after a table's name an alias or the next clause does. */
const expectsTable = (since: readonly SqlToken[]): boolean => {
  const last = since.at(-1);
  return last === undefined || isSign(last, ',') || ['only', 'lateral', 'exists'].includes(word(last));
};

/** `INSERT INTO schema.table (` */
function isInsertList(tokens: readonly SqlToken[], paren: number): boolean {
  let at = paren - 1;
  while (tokens[at]?.kind === 'name' && isSign(tokens[at - 1], '.')) at -= 2;
  return tokens[at]?.kind === 'name' && word(tokens[at - 1]) === 'into';
}

/** The open parentheses around a place, by their positions. */
function parensAt(tokens: readonly SqlToken[], cursor: number): number[] {
  const open: number[] = [];
  for (const token of tokens) {
    if (token.from >= cursor) break;
    if (isSign(token, '(')) open.push(token.from);
    else if (isSign(token, ')')) open.pop();
  }
  return open;
}

const isAround = (outer: readonly number[], inner: readonly number[]): boolean =>
  outer.length <= inner.length && outer.every((paren, level) => inner[level] === paren);

/** Every table that the statement uses, with the parentheses that it stands in. */
function readUses(tokens: readonly SqlToken[]): Use[] {
  const uses: Use[] = [];
  const open: number[] = [];
  /** For each level of parentheses: whether a list of tables goes on there. */
  const listing: boolean[] = [false];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    const decides = word(token);
    const expression = readExpression(tokens, at);
    if (expression) uses.push({ ...expression, parens: [...open], expression: true });
    if (isSign(token, '(')) {
      open.push(token.from);
      listing.push(false);
    } else if (isSign(token, ')')) {
      open.pop();
      listing.pop();
      const derived = listing.at(-1) ? readAlias(tokens, at + 1) : undefined;
      if (derived)
        uses.push({
          schema: undefined,
          name: derived,
          alias: derived,
          derived: true,
          parens: [...open],
          expression: false,
        });
    } else if (BEFORE_TABLE.has(decides) || (isSign(token, ',') && listing.at(-1))) {
      listing[listing.length - 1] = true;
      const use = readUse(tokens, at + 1);
      if (use) uses.push({ ...use, parens: [...open], expression: false });
    } else if (CLAUSES.has(decides)) listing[listing.length - 1] = false;
  }
  return uses;
}

/** `[ONLY | LATERAL] [schema.]table [[AS] alias]` */
function readUse(tokens: readonly SqlToken[], start: number): TableUse | undefined {
  let at = start;
  while (['only', 'lateral', 'if', 'not', 'exists', 'table'].includes(word(tokens[at]))) at++;
  const names: string[] = [];
  while (tokens[at]?.kind === 'name' && (names.length > 0 || !NOT_AN_ALIAS.has(word(tokens[at])))) {
    names.push(tokens[at]?.value ?? '');
    at++;
    if (!isSign(tokens[at], '.')) break;
    at++;
  }
  const name = names.at(-1);
  // A schema whose table is still to come; a function in the place of a table has columns that nobody here knows.
  if (
    name === undefined ||
    isSign(tokens[at - 1], '.') ||
    (isSign(tokens[at], '(') && word(tokens[start - 1]) !== 'into')
  )
    return undefined;
  return { schema: names.at(-2), name, alias: readAlias(tokens, at) };
}

function readAlias(tokens: readonly SqlToken[], at: number): string | undefined {
  const token = word(tokens[at]) === 'as' ? tokens[at + 1] : tokens[at];
  return token?.kind === 'name' && !NOT_AN_ALIAS.has(word(token)) ? token.value : undefined;
}

/** `name [(column, …)] AS [NOT] [MATERIALIZED] (`, after WITH or a comma. */
function readExpression(tokens: readonly SqlToken[], at: number): TableUse | undefined {
  const before = tokens[at - 1];
  const named = tokens[at]?.kind === 'name' && (['with', 'recursive'].includes(word(before)) || isSign(before, ','));
  if (!named) return undefined;
  let next = at + 1;
  const columns: string[] = [];
  if (isSign(tokens[next], '(')) {
    for (next++; next < tokens.length && !isSign(tokens[next], ')'); next++)
      if (tokens[next]?.kind === 'name') columns.push(tokens[next]?.value ?? '');
    next++;
  }
  if (word(tokens[next]) !== 'as') return undefined;
  next++;
  while (['not', 'materialized'].includes(word(tokens[next]))) next++;
  if (!isSign(tokens[next], '(')) return undefined;
  return { schema: undefined, name: tokens[at]?.value ?? '', alias: undefined, columns };
}
