/** Says whose the instance is, and is claimed. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { claimInstance } from './claim-instance.ts';
import { readInstance } from './read-instance.ts';

export const handler = lambdaFunction((ports, environment) => ({
  instance: readInstance(ports),
  claim: claimInstance(ports, environment),
}));
