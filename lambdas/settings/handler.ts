/** Reads and changes what administrators decide. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { networksOf } from '#core/networks/networks.ts';
import { settings } from './settings.ts';

export const handler = lambdaFunction((ports, environment) =>
  settings({ ...ports, networks: networksOf(environment) }),
);
