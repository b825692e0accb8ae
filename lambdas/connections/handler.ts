/** Tries logins and seals them. */
import { discovery } from '#core/aws/discovery/discovery.ts';
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { assumedRoles } from '#core/aws/roles.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { networksOf } from '#core/networks/networks.ts';
import { connections } from './connections.ts';

export const handler = lambdaFunction((ports, environment) =>
  connections({
    ...ports,
    discovery,
    roles: assumedRoles,
    databases: databasesOf(environment),
    networks: networksOf(environment),
  }),
);
