/** Every function in one process, for the local server and for tests. In AWS each stands alone, in a folder of its own. */

import { automationPorts } from '#core/aws/automation-ports.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { awsPorts } from '#core/aws/ports.ts';
import { assumedRoles } from '#core/aws/roles.ts';
import type { Databases } from '#core/databases/databases.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import type { Environment } from '#core/env.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Serve } from '#core/http/message.ts';
import { serve } from '#core/http/serve.ts';
import { type Networks, networksOf } from '#core/networks/networks.ts';
import { withReach } from '#core/networks/with-reach.ts';
import type { Discovery } from '#core/ports/discovery.ts';
import type { Log } from '#core/ports/log.ts';
import type { Roles } from '#core/ports/logins.ts';
import { guard } from '#core/session/guard.ts';
import { audit } from './audit/audit.ts';
import { automations } from './automations/automations.ts';
import { connections } from './connections/connections.ts';
import { listPermissions } from './explorer/list-permissions.ts';
import { listResources } from './explorer/list-resources.ts';
import { claimInstance } from './instance/claim-instance.ts';
import { readInstance } from './instance/read-instance.ts';
import { objects } from './objects/objects.ts';
import { query } from './query/query.ts';
import { scripts } from './scripts/scripts.ts';
import { signOut } from './session/sign-out.ts';
import { whoAmI } from './session/who-am-i.ts';
import { settings } from './settings/settings.ts';
import { signIn } from './sign-in/sign-in.ts';
import { users } from './users/users.ts';

/** What all use cases together stand on; a test hands in its own. */
export interface Ground {
  readonly environment: Environment;
  readonly ports: ReturnType<typeof awsPorts>;
  readonly discovery: Discovery;
  readonly databases: Databases;
  readonly roles: Roles;
  readonly networks: Networks | undefined;
  readonly automated: ReturnType<typeof automationPorts>;
}

/** Every route's handler. */
export const handlersOf = ({
  environment,
  ports,
  discovery,
  databases,
  roles,
  networks,
  automated,
}: Ground): Handlers => ({
  signIn: signIn(ports, environment),
  whoAmI: whoAmI(),
  signOut: signOut(),
  instance: readInstance(ports),
  claim: claimInstance(ports, environment),
  resources: listResources({ ...ports, discovery: withReach(discovery, networks), roles }),
  permissions: listPermissions({ discovery }),
  ...users(ports),
  ...settings({ ...ports, networks }),
  ...audit(ports),
  ...connections({ ...ports, discovery, databases, roles, networks }),
  ...objects({ ...ports, databases }),
  ...query({ ...ports, databases }),
  ...scripts(ports),
  ...automations({ ...ports, ...automated }),
});

/** Serves the whole API, with the adapters that the environment names. */
export function serveAll(environment: Environment, { log }: { readonly log?: Log } = {}): Serve {
  const ports = awsPorts(environment, log);
  const databases = databasesOf(environment);
  const networks = networksOf(environment);
  const automated = automationPorts(environment, ports.clock);
  const handlers = handlersOf({ environment, ports, discovery, databases, roles: assumedRoles, networks, automated });
  return serve(handlers, guard(ports), ports);
}
