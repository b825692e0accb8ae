/** Tries logins and seals them. */
import { discovery } from '#core/aws/discovery/discovery.ts';
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { inProcess } from '#core/databases/in-process.ts';
import { connect } from './connect.ts';

export const handler = lambdaFunction((_ports, environment) => ({
  connect: connect({ discovery, databases: inProcess(environment) }),
}));
