/** The record of what was done: written before the deed, completed after it. Never a key, a password or a row. */
import * as z from 'zod';
import { ErrorBody } from './errors.ts';
import { UserKind } from './people.ts';
import { Consumed } from './results.ts';

/** What is recorded. */
export const AUDIT_KINDS = {
  'sign-in': 'Sign-in',
  claim: 'Claim',
  'user-change': 'Change of a user',
  'settings-change': 'Change of settings',
  'access-change': 'Change of rules',
  connection: 'Connection',
  statement: 'Statement',
  run: 'Run',
  result: 'Result of a run',
  'script-change': 'Change of a script',
  'automation-change': 'Change of an automation',
  export: 'Export of the record',
  release: 'Release',
} as const;
export const AuditKind = z.enum(
  Object.keys(AUDIT_KINDS) as [keyof typeof AUDIT_KINDS, ...(keyof typeof AUDIT_KINDS)[]],
);
export type AuditKind = z.infer<typeof AuditKind>;

/**
 * `begun`: no end was written yet; one that is older than a function may run was cut off without a word.
 * `refused`: Lodge, or AWS, did not let it begin. `cut`: the reader left, or the time of the function was over.
 */
export const AuditOutcome = z.enum(['begun', 'succeeded', 'failed', 'refused', 'cancelled', 'cut']);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/** After so many seconds a record that is still `begun` will get no end: no function runs longer (Lambda quotas). */
export const LONGEST_DEED_SECONDS = 900;

/** Who did it, as far as is known: of a refused sign-in perhaps nobody. */
const AuditActor = z.object({ id: z.string(), name: z.string(), arn: z.string(), kind: UserKind });

export const AuditEntry = z.object({
  /** Unique; sorts by time, for it begins with it. */
  id: z.string(),
  /** When it began, ISO 8601. */
  at: z.iso.datetime(),
  kind: AuditKind,
  outcome: AuditOutcome,
  /** The code of the error, where there was one. */
  code: z.string().optional(),
  requestId: z.string(),
  user: AuditActor.optional(),
  /** The session's id. */
  session: z.string().optional(),
  /** The address that the request came from. */
  address: z.string(),
  /** The role that the user had. */
  role: z.string().optional(),
  /** The engine is empty where the resource was not found yet. */
  resource: z.object({ id: z.string(), engine: z.string(), region: z.string() }).optional(),
  database: z.string().optional(),
  databaseUser: z.string().optional(),
  /** The method of the login, and the role that was assumed for it. */
  login: z.string().optional(),
  assumed: z.string().optional(),
  /** The script, the automation and the execution that it was a run of. */
  script: z.object({ id: z.string(), name: z.string(), version: z.number().int() }).optional(),
  automation: z.object({ id: z.string(), name: z.string() }).optional(),
  execution: z.string().optional(),
  /** The text that was run, cut after `STATEMENT_KEPT` characters. */
  statement: z.string().optional(),
  /** How long the text was, where it was cut. */
  statementLength: z.number().int().optional(),
  /** True: its literals were replaced. */
  redacted: z.boolean().optional(),
  /** What the statements do, by their first words: `SELECT`, `UPDATE`, … each once. */
  commands: z.array(z.string()).optional(),
  /** Of all results together. */
  rows: z.number().int().optional(),
  affected: z.number().int().optional(),
  /** Bytes of rows before compression. */
  bytes: z.number().int().optional(),
  consumed: z.array(Consumed).optional(),
  /** What was changed, as a sentence for people: `role of maria: reader → editor`. */
  change: z.string().optional(),
  /** Whom it was done to. */
  subject: z.string().optional(),
  elapsedMs: z.number().optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A record holds at most so many characters of a statement: an item of the table holds 400 KB, with all else. */
export const STATEMENT_KEPT = 50_000;

/** What is searched for. All of what is given must fit; the newest come first. */
export const AuditSearch = z.object({
  /** Within `from` ≤ at < `to`. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** The id of a user. */
  userId: z.string().min(1).max(300).optional(),
  /** The ARN of a resource. */
  resourceId: z.string().min(1).max(2_048).optional(),
  kind: AuditKind.optional(),
  outcome: AuditOutcome.optional(),
  /** Somewhere in who, where, what; capitals do not count. */
  text: z.string().trim().min(1).max(200).optional(),
  /** At most so many; left out: all of them, for an export. */
  limit: z.number().int().min(1).max(1_000).optional(),
  /** Goes on after a page: its `next`. */
  cursor: z.string().min(1).max(2_000).optional(),
});
export type AuditSearch = z.infer<typeof AuditSearch>;

/** One's own statements. */
export const HistorySearch = AuditSearch.pick({ resourceId: true, text: true, limit: true, cursor: true });
export type HistorySearch = z.infer<typeof HistorySearch>;

/** The stream that answers: entries as they are found. */
export const AuditRecord = z.discriminatedUnion('type', [
  z.object({ type: z.literal('entry'), entry: AuditEntry }),
  /** So far back was looked: rare things take a while to be found. */
  z.object({ type: z.literal('searched'), back: z.iso.datetime() }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('error'), error: ErrorBody }),
  /** `next` is there where there may be more. */
  z.object({ type: z.literal('end'), elapsedMs: z.number(), next: z.string().optional() }),
]);
export type AuditRecord = z.infer<typeof AuditRecord>;
