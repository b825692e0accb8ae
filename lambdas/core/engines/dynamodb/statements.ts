/** What a statement of a script is: one of PartiQL's four, a QUERY or a SCAN. */
import { AppError } from '#contract/errors.ts';
import type { BoundParameter } from '#contract/parameters.ts';
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { bindText } from '../sql/bind-text.ts';
import { isSelect, isWord, readTokens, type Token, withoutComments } from './partiql-tokens.ts';
import { type Request, readRequest } from './request.ts';

export interface PartiQl {
  readonly kind: 'select' | 'insert' | 'update' | 'delete';
  /** What is sent: comments are spaces. */
  readonly text: string;
  /** Where it can be told. */
  readonly table: string | undefined;
  readonly index: string | undefined;
  /** True where not every item that is looked at need be one that is returned. */
  readonly filtered: boolean;
  readonly tokens: readonly Token[];
  /** In the places of its question marks. */
  readonly values?: readonly BoundParameter[];
}
export type Statement = PartiQl | Request;

/** The word that a result is headed by, and the permission that it takes. */
export const COMMANDS: Readonly<Record<Statement['kind'], { readonly command: string; readonly action: string }>> = {
  select: { command: 'SELECT', action: 'PartiQLSelect' },
  insert: { command: 'INSERT', action: 'PartiQLInsert' },
  update: { command: 'UPDATE', action: 'PartiQLUpdate' },
  delete: { command: 'DELETE', action: 'PartiQLDelete' },
  query: { command: 'QUERY', action: 'Query' },
  scan: { command: 'SCAN', action: 'Scan' },
};

const PLACEHOLDERS = { write: () => '?', placeOf: 'use' } as const;

/** The token before the table's name: `INSERT INTO t`, `UPDATE t`, `DELETE FROM t`. */
const AFTER: Readonly<Record<Exclude<PartiQl['kind'], 'select'>, number>> = { insert: 1, update: 0, delete: 1 };

/**
 * Reads one statement. A reader's is allowed by the operation that it becomes: QUERY, SCAN, and a SELECT that is
 * understood to its end. Errors: READ_ONLY, STATEMENT_FAILED.
 */
export function readStatement(script: string, readOnly: boolean, parameters?: readonly BoundParameter[]): Statement {
  const written = withoutComments(script);
  const request = readRequest(written);
  if (request) return request;
  const { text, values } = bindText(written, SQL_DIALECTS.partiql, parameters, PLACEHOLDERS);
  const bound = values.length > 0 && { values };
  const tokens = readTokens(text);
  const selects = isWord(tokens[0], 'SELECT');
  if (readOnly && !isSelect(tokens)) throw readersOnly(selects);
  const filtered = tokens.some((token) => token.depth === 0 && isWord(token, 'WHERE'));
  if (selects) return { kind: 'select', text, tokens, filtered, ...bound, ...placeAfter(tokens, topLevelFrom(tokens)) };
  for (const kind of ['insert', 'update', 'delete'] as const) {
    if (!isWord(tokens[0], kind.toUpperCase())) continue;
    return { kind, text, tokens, filtered, ...bound, ...placeAfter(tokens, AFTER[kind]) };
  }
  throw unknown(tokens[0]);
}

/** `table` or `table.index` after a token. */
function placeAfter(tokens: readonly Token[], at: number): { table: string | undefined; index: string | undefined } {
  const table = at < 0 ? undefined : nameOf(tokens[at + 1]);
  const index = table !== undefined && tokens[at + 2]?.value === '.' ? nameOf(tokens[at + 3]) : undefined;
  return { table, index };
}

const nameOf = (token: Token | undefined): string | undefined =>
  token?.kind === 'name' || token?.kind === 'word' ? token.value : undefined;

const topLevelFrom = (tokens: readonly Token[]): number =>
  tokens.findIndex((token) => token.depth === 0 && isWord(token, 'FROM'));

const readersOnly = (selects: boolean): AppError =>
  new AppError('READ_ONLY', {
    message: selects
      ? 'Lodge does not understand this SELECT to its end, and passes on only what it does for readers.'
      : 'Readers may only read: SELECT, QUERY and SCAN.',
    details: {
      hint: selects
        ? 'Put names that are words of the language into double quotes, and look for a quote that is left open.'
        : 'An administrator of this instance can make you an editor.',
    },
  });

const unknown = (token: Token | undefined): AppError =>
  new AppError('STATEMENT_FAILED', {
    message: `DynamoDB has no statement ${token?.kind === 'word' ? token.value.toUpperCase() : 'that begins so'}.`,
    details: {
      native: { position: 1 },
      hint: 'It has SELECT, INSERT, UPDATE and DELETE of PartiQL; QUERY { … } and SCAN { … } call its own operations.',
    },
  });
