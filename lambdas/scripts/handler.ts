/** Keeps scripts. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { scripts } from './scripts.ts';

export const handler = lambdaFunction((ports) => scripts(ports));
