/** Runs a saved script under the role of an automation. Its callers are state machines, schedules and command lines. */
import { runPorts } from '#core/aws/run-ports.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { readEnvironment } from '#core/env.ts';
import { networksOf } from '#core/networks/networks.ts';
import { runScript } from './run-script.ts';

const environment = readEnvironment();

export const handler = runScript({
  ...runPorts(environment),
  databases: databasesOf(environment),
  networks: networksOf(environment),
});
