/** What automations stand on beside the base: their items and runs, the machine, its schedules, its function, its bucket. */
import { ENV, type Environment } from '../env.ts';
import type { Clock } from '../ports/clock.ts';
import { stateMachine } from './machine.ts';
import { awsResults } from './results.ts';
import { lambdaRunner } from './runner.ts';
import { eventSchedules } from './schedules.ts';
import { dynamoAutomations } from './store/automations.ts';
import { dynamoRuns } from './store/store.ts';
import { tableClient } from './table-client.ts';

export function automationPorts(environment: Environment, clock: Clock) {
  const client = tableClient(environment[ENV.tableEndpoint]);
  const table = environment[ENV.table];
  return {
    automations: dynamoAutomations(client, table, clock),
    runs: dynamoRuns(client, table, clock),
    schedules: eventSchedules(environment),
    machine: stateMachine(environment),
    runner: lambdaRunner(environment[ENV.runner]),
    results: awsResults(clock),
    deployed: {
      runnerRoleArn: environment[ENV.runnerRole],
      externalId: environment[ENV.externalId],
      notifies: environment[ENV.notifies],
      bucket: environment[ENV.resultsBucket],
    },
  };
}
