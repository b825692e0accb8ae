/** Every port at once, for the local server, which runs all functions in one process. */
import type { Environment } from '../env.ts';
import type { Log } from '../ports/log.ts';
import { basePorts } from './base-ports.ts';
import { awsIdentity } from './identity.ts';

export const awsPorts = (environment: Environment, log?: Log) => ({
  ...basePorts(environment, log),
  identity: awsIdentity,
});
