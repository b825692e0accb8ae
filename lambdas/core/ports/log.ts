import type { AuditEntry } from '#contract/audit.ts';

/** One structured line a call. Only the fields named here may be logged; see `aws/log.ts`. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogFields {
  readonly requestId?: string;
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly elapsedMs?: number;
  readonly user?: string;
  /** The role that somebody new got, and the rule that gave it, counted from 1. */
  readonly role?: string;
  readonly rule?: number;
  /** Of a run: the id of its automation, and the ARN of the execution that asked. */
  readonly automation?: string;
  readonly execution?: string;
  /** IAM actions: those that the keys did not allow, and those that were not answered. */
  readonly lacking?: readonly string[];
  readonly unanswered?: readonly string[];
  /** A record of what is done, as it begins and as it ends. */
  readonly audit?: AuditEntry;
  /** Name, code and stack of an unexpected error: never its message, which may quote what a user sent. */
  readonly cause?: unknown;
}
