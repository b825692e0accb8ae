/** Tries logins and seals them. */
import { discovery } from '#core/aws/discovery/discovery.ts';
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { assumedRoles } from '#core/aws/roles.ts';
import { inProcess } from '#core/databases/in-process.ts';
import { connections } from './connections.ts';

export const handler = lambdaFunction((_ports, environment) =>
  connections({ discovery, roles: assumedRoles, databases: inProcess(environment) }),
);
