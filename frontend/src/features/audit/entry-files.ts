/**
 * The record as a file. JSON Lines keeps every entry as it is. CSV is RFC 4180 in UTF-8, and opens in spreadsheets, which
 * take what begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula: such a cell gets an apostrophe before
 * it (OWASP, "CSV Injection"), for the record holds what anybody may have typed.
 */
import type { AuditEntry } from '#contract/audit.ts';

type Cell = string | number | boolean | undefined;

/** The columns of the CSV, each with what stands in it. */
const COLUMNS: Readonly<Record<string, (entry: AuditEntry) => Cell>> = {
  at: ({ at }) => at,
  kind: ({ kind }) => kind,
  outcome: ({ outcome }) => outcome,
  code: ({ code }) => code,
  user: ({ user }) => user?.name,
  user_arn: ({ user }) => user?.arn,
  user_id: ({ user }) => user?.id,
  role: ({ role }) => role,
  address: ({ address }) => address,
  session: ({ session }) => session,
  resource: ({ resource }) => resource?.id,
  engine: ({ resource }) => resource?.engine,
  region: ({ resource }) => resource?.region,
  database: ({ database }) => database,
  database_user: ({ databaseUser }) => databaseUser,
  login: ({ login }) => login,
  assumed_role: ({ assumed }) => assumed,
  script: ({ script }) => script?.name,
  script_version: ({ script }) => script?.version,
  automation: ({ automation }) => automation?.name,
  automation_id: ({ automation }) => automation?.id,
  execution: ({ execution }) => execution,
  subject: ({ subject }) => subject,
  change: ({ change }) => change,
  commands: ({ commands }) => commands?.join(' '),
  statement: ({ statement }) => statement,
  statement_length: ({ statementLength }) => statementLength,
  redacted: ({ redacted }) => redacted,
  rows: ({ rows }) => rows,
  affected: ({ affected }) => affected,
  bytes: ({ bytes }) => bytes,
  read_units: (entry) => units(entry, 'read'),
  write_units: (entry) => units(entry, 'write'),
  elapsed_ms: ({ elapsedMs }) => elapsedMs,
  request_id: ({ requestId }) => requestId,
  id: ({ id }) => id,
};

function units({ consumed = [] }: AuditEntry, kind: 'read' | 'write'): number | undefined {
  const some = consumed.filter((one) => one.kind === kind);
  return some.length > 0 ? some.reduce((sum, one) => sum + one.units, 0) : undefined;
}

/** One line of a CSV. Numbers are written as they are: a negative one is no formula. */
const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return String(cell ?? '');
  const harmless = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export interface EntryFormat {
  readonly title: string;
  readonly says: string;
  readonly ending: string;
  readonly type: string;
  /** What stands before the first entry. */
  readonly head: string;
  write(entry: AuditEntry): string;
}

export const ENTRY_FORMATS = {
  csv: {
    title: 'CSV',
    says: 'For spreadsheets. A cell that begins with = + - or @ gets an apostrophe before it, so that it is no formula.',
    ending: 'csv',
    type: 'text/csv',
    // The byte order mark: without it spreadsheets take UTF-8 for something else.
    head: `\uFEFF${csvLine(Object.keys(COLUMNS))}`,
    write: (entry) => csvLine(Object.values(COLUMNS).map((cell) => cell(entry))),
  },
  jsonl: {
    title: 'JSON Lines',
    says: 'For programs: one entry a line, with every field, nothing changed.',
    ending: 'jsonl',
    type: 'application/jsonl',
    head: '',
    write: (entry) => `${JSON.stringify(entry)}\n`,
  },
} as const satisfies Record<string, EntryFormat>;
export type EntryFormatName = keyof typeof ENTRY_FORMATS;
