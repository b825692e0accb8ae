import type { Databases } from '#core/databases/databases.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Networks } from '#core/networks/networks.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Discovery } from '#core/ports/discovery.ts';
import type { Roles } from '#core/ports/logins.ts';
import type { Store } from '#core/ports/store.ts';
import { connect } from './connect.ts';
import { testConnection } from './test-connection.ts';

export interface ConnectionPorts {
  readonly discovery: Pick<Discovery, 'find' | 'tags'>;
  readonly databases: Databases;
  readonly roles: Roles;
  readonly store: Pick<Store, 'instance' | 'access'>;
  readonly audit: Audit;
  readonly networks?: Networks | undefined;
}

/** Tries logins: at once, or step by step. */
export const connections = (ports: ConnectionPorts): Handlers<'connections'> => ({
  connect: connect(ports),
  testConnection: testConnection(ports),
});
