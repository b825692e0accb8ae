/** Runs scripts and streams their results. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { query } from './query.ts';

export const handler = lambdaFunction((ports, environment) => query({ ...ports, databases: databasesOf(environment) }));
