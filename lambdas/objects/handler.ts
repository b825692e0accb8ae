/** Reads the object tree of a connection. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { inProcess } from '#core/databases/in-process.ts';
import { objects } from './objects.ts';

export const handler = lambdaFunction((_ports, environment) => objects({ databases: inProcess(environment) }));
