/** Runs scripts and streams their results. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { inProcess } from '#core/databases/in-process.ts';
import { query } from './query.ts';

export const handler = lambdaFunction((_ports, environment) => query({ databases: inProcess(environment) }));
