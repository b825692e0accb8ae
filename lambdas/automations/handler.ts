/** Keeps automations, starts and stops their runs, and shows what came of them. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { automations } from './automations.ts';

export const handler = lambdaFunction((_, environment) => automations(environment));
