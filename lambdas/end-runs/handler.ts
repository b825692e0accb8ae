/** Ends the runs of an execution that was stopped, or whose time was over: EventBridge tells of it. */
import { dynamoRuns } from '#core/aws/store/store.ts';
import { tableClient } from '#core/aws/table-client.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import { endRuns } from './end-runs.ts';

const environment = readEnvironment();
const client = tableClient(environment[ENV.tableEndpoint]);

export const handler = endRuns({ runs: dynamoRuns(client, environment[ENV.table], () => new Date()) });
