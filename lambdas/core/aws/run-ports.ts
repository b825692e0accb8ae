/** What the function of runs stands on: the table, S3 and Step Functions with its own role, databases with the plan's. */
import { S3Client } from '@aws-sdk/client-s3';
import { ENV, type Environment, FUNCTION_NAME } from '../env.ts';
import { objectUpload } from '../output/object-upload.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ResultBucket } from '../ports/results.ts';
import { dynamoAudit } from './audit/audit.ts';
import { eventBus } from './audit/event-bus.ts';
import { resultsConfig } from './clients.ts';
import { discovery } from './discovery/discovery.ts';
import { powertoolsLog } from './log.ts';
import { runRoles } from './run-roles.ts';
import { callingAgain } from './runner.ts';
import { dynamoAutomations } from './store/automations.ts';
import { dynamoRuns, dynamoScripts, dynamoStore } from './store/store.ts';
import { tableClient } from './table-client.ts';
import { taskTokens } from './task-tokens.ts';

export function runPorts(environment: Environment, log: Log = powertoolsLog()) {
  const clock: Clock = () => new Date();
  const client = tableClient(environment[ENV.tableEndpoint]);
  const table = environment[ENV.table];
  const bus = environment[ENV.auditBus];
  return {
    store: dynamoStore(client, table, clock),
    scripts: dynamoScripts(client, table, clock),
    automations: dynamoAutomations(client, table, clock),
    runs: dynamoRuns(client, table, clock),
    audit: dynamoAudit({ client, table, tell: bus ? eventBus(bus, log) : undefined, log, clock }),
    roles: runRoles(environment),
    results: bucketOf(environment[ENV.resultsBucket]),
    tokens: taskTokens(),
    callAgain: callingAgain(environment[FUNCTION_NAME] || environment[ENV.runner]),
    discovery,
    log,
    clock,
  };
}

function bucketOf(bucket: string): ResultBucket {
  const client = new S3Client(resultsConfig());
  return { bucket, upload: (object) => objectUpload(client, { bucket, ...object }) };
}
