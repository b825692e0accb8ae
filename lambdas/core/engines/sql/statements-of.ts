import { AppError } from '#contract/errors.ts';
import { type SqlDialect, type StatementRange, splitStatements } from '#contract/sql/split.ts';

/** The statements of a script. Errors: INPUT_INVALID where there is none, or what no database takes. */
export function statementsOf(script: string, dialect: SqlDialect): StatementRange[] {
  const statements = splitStatements(script, dialect);
  if (statements.length === 0) throw invalid('holds no statement');
  // It would end the text in the middle of a message.
  if (script.includes('\0')) throw invalid('holds a NUL character');
  return statements;
}

const invalid = (message: string): AppError =>
  new AppError('INPUT_INVALID', {
    message: `The script ${message}.`,
    details: { fields: [{ path: 'statement', message }] },
  });
