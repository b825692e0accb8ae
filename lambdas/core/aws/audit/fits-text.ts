import { AUDIT_KINDS, type AuditEntry } from '#contract/audit.ts';

/** Whether a text stands somewhere in who, where and what of an entry; capitals do not count. */
export function fitsText(entry: AuditEntry, text: string | undefined): boolean {
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return textsOf(entry).some((each) => each?.toLowerCase().includes(wanted));
}

const textsOf = (entry: AuditEntry): readonly (string | undefined)[] => [
  entry.statement,
  entry.change,
  entry.user?.name,
  entry.user?.arn,
  entry.resource?.id,
  entry.database,
  entry.databaseUser,
  entry.subject,
  entry.address,
  entry.assumed,
  entry.script?.name,
  entry.automation?.name,
  entry.execution,
  entry.role,
  entry.code,
  entry.requestId,
  entry.session,
  AUDIT_KINDS[entry.kind],
];
