/** What each statement of a script will read, told without running it. */
import { AppError } from '#contract/errors.ts';
import type { StatementPlan } from '#contract/plans.ts';
import { ROW_LIMIT } from '#contract/results.ts';
import { SQL_DIALECTS, splitStatements } from '#contract/sql/split.ts';
import { guardTable } from './guard-table.ts';
import { announcement, extent, guardScan, planOf, type Reading } from './plan.ts';
import { type Ground, NO_LOOK, NO_TABLE, READS, wanted } from './script.ts';
import { readStatement, type Statement } from './statements.ts';

type Told = Omit<StatementPlan, 'statement' | 'from' | 'to'>;

/** Errors: THROTTLED, AWS_UNAVAILABLE, and those of a session that has ended. What else is wrong is told by its statement. */
export async function plansOf(ground: Ground, script: string, maxRows = ROW_LIMIT): Promise<StatementPlan[]> {
  const plans: StatementPlan[] = [];
  for (const [statement, { from, to }] of splitStatements(script, SQL_DIALECTS.partiql).entries()) {
    const told = await tell(ground, script.slice(from, to), maxRows).catch(refused);
    plans.push({ statement, from, to, ...told });
  }
  return plans;
}

/** What would fail when it runs. */
const TOLD_BY_STATEMENT: ReadonlySet<string> = new Set(['READ_ONLY', 'STATEMENT_FAILED', 'OBJECT_NOT_FOUND']);

function refused(error: unknown): Told {
  if (!(error instanceof AppError) || !TOLD_BY_STATEMENT.has(error.code)) throw error;
  return { way: 'unsure', message: error.message, refusal: error.message };
}

async function tell(ground: Ground, text: string, maxRows: number): Promise<Told> {
  const statement = readStatement(text, ground.readOnly);
  await guardTable(statement, ground.tables);
  if (!READS.has(statement.kind)) return tellWrite(statement);
  const { table, index } = statement;
  if (table === undefined) return { way: 'unsure', message: NO_TABLE, ...(ground.limits && { refusal: NO_TABLE }) };
  try {
    const facts = await ground.tables.facts(table, index);
    const reading = { table, index, facts, plan: planOf(statement, facts), most: wanted(statement, maxRows) };
    return tellReading(reading, ground.limits);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'AWS_DENIED') throw error;
    return { way: 'unsure', message: NO_LOOK, ...(ground.limits && { refusal: error.message }) };
  }
}

function tellReading(reading: Reading, limits: Ground['limits']): Told {
  const { plan, index } = reading;
  const way = plan.way === 'key' && index !== undefined ? 'index' : plan.way;
  const told = { way, message: announcement(reading).message, ...extent(reading) } as const;
  try {
    if (limits) guardScan(reading, limits);
    return told;
  } catch (error) {
    return { ...told, refusal: (error as AppError).message };
  }
}

const WRITES: Readonly<Record<string, string>> = {
  insert: 'Puts one item into',
  update: 'Changes one item of',
  delete: 'Deletes one item of',
};

const tellWrite = ({ kind, table }: Statement): Told => ({
  way: 'write',
  message: `${WRITES[kind]} the table ${table ?? 'that it names'}, by its whole key.`,
});
