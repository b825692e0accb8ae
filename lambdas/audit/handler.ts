/** Searches the record of what was done. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { audit } from './audit.ts';

export const handler = lambdaFunction((ports) => audit(ports));
