/** The records of a run that are more than their fields. */
import type { ResultRecord } from '#contract/results.ts';
import { firstWord } from '../sql/first-word.ts';
import type { NoticeFields } from './session.ts';

type Notice = Extract<ResultRecord, { type: 'notice' }>;
type Done = Extract<ResultRecord, { type: 'done' }>;

export function noticeRecord({ severity, message, code, detail, hint }: NoticeFields): Notice {
  return {
    type: 'notice',
    severity: severity ?? 'NOTICE',
    message: message ?? '',
    ...(code && { code }),
    ...(detail && { detail }),
    ...(hint && { hint }),
  };
}

export interface Outcome {
  readonly statement: number;
  readonly text: string;
  /** What CommandComplete said; empty where reading stopped before. */
  readonly tag: string;
  readonly rows: number;
  readonly truncated: boolean;
  readonly begun: number;
  readonly returnsRows: boolean;
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** `INSERT 0 5` is the command INSERT that has affected 5 rows; `SELECT 5` with rows has affected none. */
export function doneRecord({ statement, text, tag, rows, truncated, begun, returnsRows }: Outcome): Done {
  const command = tag.replace(/( \d+)+$/, '') || firstWord(text);
  const count = /\d+$/.exec(tag)?.[0];
  const affected = count !== undefined && (CHANGES.has(command) || !returnsRows) ? Number(count) : undefined;
  const elapsedMs = Math.round(performance.now() - begun);
  return { type: 'done', statement, command, rows, ...(affected !== undefined && { affected }), truncated, elapsedMs };
}
