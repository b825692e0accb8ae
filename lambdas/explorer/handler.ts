/** Finds the account's databases with the user's own keys. */
import { discovery } from '#core/aws/discovery/discovery.ts';
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { assumedRoles } from '#core/aws/roles.ts';
import { networksOf } from '#core/networks/networks.ts';
import { withReach } from '#core/networks/with-reach.ts';
import { listPermissions } from './list-permissions.ts';
import { listResources } from './list-resources.ts';

export const handler = lambdaFunction((ports, environment) => ({
  resources: listResources({ ...ports, discovery: withReach(discovery, networksOf(environment)), roles: assumedRoles }),
  permissions: listPermissions({ discovery }),
}));
