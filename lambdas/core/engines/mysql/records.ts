/** The records of a run that are more than their fields. */
import type { ResultRecord } from '#contract/results.ts';
import { firstWord } from '../sql/first-word.ts';
import type { Statement } from '../sql/script-flow.ts';

type Notice = Extract<ResultRecord, { type: 'notice' }>;
type Done = Extract<ResultRecord, { type: 'done' }>;

/** A row of SHOW WARNINGS. */
export const noticeRecord = ([level, code, message]: readonly (string | null)[]): Notice => ({
  type: 'notice',
  severity: (level ?? 'Note').toUpperCase(),
  message: message ?? '',
  ...(code && { code }),
});

export interface Outcome {
  readonly rows: number;
  readonly affected: number;
  readonly truncated: boolean;
  readonly returnsRows: boolean;
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'LOAD']);

export function doneRecord(
  { index, text, begun }: Statement,
  { rows, affected, truncated, returnsRows }: Outcome,
): Done {
  const command = firstWord(text);
  const changed = !returnsRows && (affected > 0 || CHANGES.has(command));
  const elapsedMs = Math.round(performance.now() - begun);
  return { type: 'done', statement: index, command, rows, ...(changed && { affected }), truncated, elapsedMs };
}
