/** The records of a run that are more than their fields. */
import type { ResultRecord } from '#contract/results.ts';
import { firstWord } from '../sql/first-word.ts';
import type { Statement } from '../sql/script-flow.ts';

type Notice = Extract<ResultRecord, { type: 'notice' }>;
type Done = Extract<ResultRecord, { type: 'done' }>;

export const notice = (severity: string, message: string): Notice => ({ type: 'notice', severity, message });

/** What a procedure was made with, though it does not compile. */
export const warningRecord = ({ message }: { readonly message: string }): Notice => ({
  ...notice('WARNING', message),
  hint: 'SELECT * FROM USER_ERRORS shows what is wrong.',
});

export interface Outcome {
  readonly rows: number;
  readonly affected: number | undefined;
  readonly truncated: boolean;
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** The driver counts no rows of other statements, and says 0. */
export function doneRecord({ index, text, begun }: Statement, { rows, affected, truncated }: Outcome): Done {
  const command = firstWord(text);
  const changed = CHANGES.has(command) && affected !== undefined && { affected };
  const elapsedMs = Math.round(performance.now() - begun);
  return { type: 'done', statement: index, command, rows, ...changed, truncated, elapsedMs };
}
