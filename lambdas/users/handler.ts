/** Lists those who have signed in, and changes what they may do. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { users } from './users.ts';

export const handler = lambdaFunction((ports) => users(ports));
