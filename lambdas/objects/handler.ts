/** Reads the object tree of a connection. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { objects } from './objects.ts';

export const handler = lambdaFunction(({ store }, environment) =>
  objects({ store, databases: databasesOf(environment) }),
);
