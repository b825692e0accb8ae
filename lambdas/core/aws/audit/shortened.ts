import type { AuditEntry } from '#contract/audit.ts';

/**
 * An event held 256 KB until 2026, and in some partitions still does (EventBridge API reference, PutEvents); a line of a
 * function's log holds as much. A character takes six bytes at most, in JSON.
 */
const KEPT = 16_000;

/** A record as it leaves for a log or a bus: its texts are cut, and the table has them whole. */
export function shortened(entry: AuditEntry): AuditEntry {
  const { statement, change } = entry;
  return {
    ...entry,
    ...(statement !== undefined &&
      statement.length > KEPT && {
        statement: statement.slice(0, KEPT).toWellFormed(),
        statementLength: entry.statementLength ?? statement.length,
      }),
    ...(change !== undefined && change.length > KEPT && { change: change.slice(0, KEPT).toWellFormed() }),
  };
}
