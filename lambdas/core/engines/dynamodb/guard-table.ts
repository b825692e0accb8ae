/** Holds a statement to what the rules of the instance say of the one table that it names. */
import { AppError } from '#contract/errors.ts';
import { isSelect, isWord } from './partiql-tokens.ts';
import type { Statement } from './statements.ts';
import type { Tables } from './tables.ts';

const WRITES: ReadonlySet<Statement['kind']> = new Set(['insert', 'update', 'delete']);

/**
 * Where tables are narrowed, only a statement whose table is certain is passed on. DynamoDB's PartiQL has no joins
 * (Developer Guide, "PartiQL select statements for DynamoDB"), so that one FROM names all that is read. Errors:
 * OBJECT_NOT_FOUND of a hidden table, READ_ONLY, STATEMENT_FAILED; AWS_DENIED, THROTTLED and AWS_UNAVAILABLE where tags
 * decide and cannot be read.
 */
export async function guardTable(
  statement: Statement,
  tables: Pick<Tables, 'rules' | 'refuseHidden'>,
  signal?: AbortSignal,
): Promise<void> {
  if (!tables.rules) return;
  const { table, kind } = statement;
  if (table === undefined || !isCertain(statement))
    throw new AppError('STATEMENT_FAILED', {
      message: 'Lodge cannot tell which table this names, and the rules of this instance narrow some tables.',
      details: { hint: 'Put the name of the table into double quotes, and look for a quote that is left open.' },
    });
  await tables.refuseHidden(table, signal);
  if (!WRITES.has(kind)) return;
  const { effect, unread } = await tables.rules.of(table, signal);
  if (effect === 'read-only')
    throw (
      unread ??
      new AppError('READ_ONLY', { message: `The rules of this instance let your role only read the table ${table}.` })
    );
}

/** A QUERY and a SCAN say their table in a field of its own. */
function isCertain(statement: Statement): boolean {
  if (statement.kind !== 'select') return true;
  const { tokens } = statement as Extract<Statement, { tokens: unknown }>;
  return isSelect(tokens) && tokens.filter((token) => isWord(token, 'FROM')).length === 1;
}
