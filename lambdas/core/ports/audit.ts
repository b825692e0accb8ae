import type { AuditEntry, AuditRecord, AuditSearch } from '#contract/audit.ts';

/** What is known of a deed before it is done. */
export type Deed = Omit<
  AuditEntry,
  'id' | 'at' | 'outcome' | 'code' | 'elapsedMs' | 'rows' | 'affected' | 'bytes' | 'consumed'
>;

/** What is known once it has ended. */
export type DeedEnd = Pick<
  AuditEntry,
  | 'outcome'
  | 'code'
  | 'rows'
  | 'affected'
  | 'bytes'
  | 'consumed'
  | 'databaseUser'
  | 'database'
  | 'resource'
  | 'login'
  | 'session'
  | 'subject'
  | 'change'
  | 'script'
  | 'user'
  | 'role'
>;

/** The record of what is done: in the table, in the log and on the event bus. */
export interface Audit {
  /**
   * Writes the record of a deed that is about to be done, to be deleted after `days`. Errors: AUDIT_FAILED; then it must not
   * be done. `end` completes the record, and never rejects: what cannot be written to the table stands in the log.
   */
  begin(deed: Deed, days: number): Promise<{ end(end: DeedEnd): Promise<void> }>;
}

/** Reads the record. */
export interface AuditTrail {
  /** Newest first. Ends with the `end` record. Errors: INPUT_INVALID where the cursor is none of ours. */
  search(search: AuditSearch, signal: AbortSignal): AsyncIterable<AuditRecord>;
}
