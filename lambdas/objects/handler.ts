/** Reads the object tree of a connection. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { objects } from './objects.ts';

export const handler = lambdaFunction((_ports, environment) => objects({ databases: databasesOf(environment) }));
