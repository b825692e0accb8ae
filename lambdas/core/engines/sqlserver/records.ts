/** The records of a run that are more than their fields. */
import type { InfoMessageToken } from 'tedious/lib/token/token.js';
import type { ResultRecord } from '#contract/results.ts';
import { firstWord } from '../sql/first-word.ts';
import type { Statement } from '../sql/script-flow.ts';

type Notice = Extract<ResultRecord, { type: 'notice' }>;
type Done = Extract<ResultRecord, { type: 'done' }>;

/** Messages of a class up to 10 inform; number 0 is what PRINT says ("Database Engine error severities"). */
export const infoRecord = ({ number, message, procName, lineNumber }: InfoMessageToken): Notice => ({
  type: 'notice',
  severity: 'INFO',
  message,
  ...(number > 0 && { code: String(number) }),
  ...(procName && { detail: `${procName}, line ${lineNumber}` }),
});

/** Errors behind the first, which ends the script. */
export const errorRecord = (error: unknown): Notice => {
  const { message = '', number } = Object(error) as { message?: string; number?: number };
  return { type: 'notice', severity: 'ERROR', message, ...(number !== undefined && { code: String(number) }) };
};

export interface Outcome {
  readonly rows: number;
  readonly affected: number | undefined;
  readonly truncated: boolean;
}

export function doneRecord({ index, text, begun }: Statement, { rows, affected, truncated }: Outcome): Done {
  const elapsedMs = Math.round(performance.now() - begun);
  const changed = affected !== undefined && { affected };
  return { type: 'done', statement: index, command: firstWord(text), rows, ...changed, truncated, elapsedMs };
}
