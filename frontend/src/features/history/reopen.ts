/** Opens a statement of the record in a tab of the workbench, where it ran. Nothing is run by itself. */
import type { AuditEntry } from '#contract/audit.ts';
import { EngineName } from '#contract/engines.ts';
import { resourceName } from '../explorer/resource-name.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import type { Desk } from '../workbench/desk.ts';
import { openText, toast } from '../workbench/desk-actions.ts';

/** Where something ran, or is meant to. */
type Ran = Pick<AuditEntry, 'database' | 'databaseUser' | 'login'> & {
  readonly resource?: { readonly id: string } | undefined;
};

/** A connection that is there, at this resource and database: one that logged in as the same user before any other. */
export function connectionFor(
  { resource, database, databaseUser, login }: Ran,
  connections: readonly LiveConnection[],
): LiveConnection | undefined {
  const there = connections.filter(
    (one) => one.resource.id === resource?.id && (database === undefined || one.database === database),
  );
  const alike = (one: LiveConnection) => Number(one.user === databaseUser) * 2 + Number(one.login.method === login);
  return there.toSorted((a, b) => alike(b) - alike(a))[0];
}

export function reopen(desk: Desk, entry: AuditEntry): void {
  const { statement = '', resource, database, statementLength, redacted } = entry;
  const connection = connectionFor(entry, desk.book.connections.get());
  const engine = EngineName.safeParse(resource?.engine);
  const wanted = resource && {
    resourceId: resource.id,
    ...(database && { database }),
    ...(engine.success && { engine: engine.data }),
  };
  openText(desk, {
    title: resource ? resourceName(resource.id) : 'History',
    text: statement,
    ...(connection ? { connectionKey: connection.key } : wanted && { wanted }),
  });
  desk.place.go('/');
  if (statementLength) toast(desk, { text: 'Only the beginning of this statement was recorded.', tone: 'warning' });
  else if (redacted)
    toast(desk, { text: 'Its strings and numbers were replaced before it was recorded.', tone: 'warning' });
}
