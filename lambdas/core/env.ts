/** The environment that constructs set, handlers read and tests fake: each name once. */
import * as z from 'zod';
import { Network } from './networks/network.ts';

export const ENV = {
  /** The name of the instance table. */
  table: 'LODGE_TABLE',
  /** The endpoint of the instance table where it is not AWS's own: `npm start -- --aws` keeps it on this machine. */
  tableEndpoint: 'LODGE_TABLE_ENDPOINT',
  /** The ARN or id of the KMS key that wraps the data keys of sessions. */
  sessionKeyId: 'LODGE_SESSION_KEY_ID',
  /** Without KMS: 32 bytes in base64 that wrap them instead. For one machine only. */
  sessionSecret: 'LODGE_SESSION_SECRET',
  /** The AWS account that may claim. Absent: none. */
  accountId: 'LODGE_ACCOUNT_ID',
  /** `true`: the root user may sign in. */
  allowRoot: 'LODGE_ALLOW_ROOT',
  /** What CloudFront says in each request for the API, so that the address of the viewer can be believed. */
  siteProof: 'LODGE_SITE_PROOF',
  /** A file in PEM with the authorities that sign the databases' certificates, before AWS's own. */
  databaseCa: 'LODGE_DATABASE_CA',
  /** `true`: databases may listen on this machine. For the local mode and for tests: the stack never sets it. */
  allowLoopback: 'LODGE_ALLOW_LOOPBACK',
  /** The name or the ARN of the event bus that is told of each record; absent: none is. */
  auditBus: 'LODGE_AUDIT_BUS',
  /** The bucket that runs write their results to. */
  resultsBucket: 'LODGE_RESULTS_BUCKET',
  /** What roles of automations demand of whoever takes them on: this instance and no other. */
  externalId: 'LODGE_EXTERNAL_ID',
  /** The ARN of the role of the function `run-script`: whom the roles of automations trust. */
  runnerRole: 'LODGE_RUNNER_ROLE',
  /** The function `run-script`. */
  runner: 'LODGE_RUNNER',
  /** The ARN of the state machine that runs automations. */
  machine: 'LODGE_MACHINE',
  /** The group of the instance's schedules, and the role with which they start the machine. */
  scheduleGroup: 'LODGE_SCHEDULE_GROUP',
  scheduleRole: 'LODGE_SCHEDULE_ROLE',
  /** `true`: there is a topic that tells people of runs. */
  notifies: 'LODGE_NOTIFIES',
  /** JSON: the networks with their connectors; absent: every database is reached from this process. */
  networks: 'LODGE_NETWORKS',
} as const;

/** In the place of the account that may claim: whoever comes first. For one machine only, which nobody else reaches. */
export const ANY_ACCOUNT = 'any';

/** Of Lambda's own: where the function runs. */
const REGION = 'AWS_REGION';

/** The same: which function this is; absent where it is none. */
export const FUNCTION_NAME = 'AWS_LAMBDA_FUNCTION_NAME';

const Environment = z.object({
  [ENV.table]: z.string().default('lodge'),
  [ENV.tableEndpoint]: z.string().optional(),
  [ENV.sessionKeyId]: z.string().optional(),
  [ENV.sessionSecret]: z.string().optional(),
  [ENV.accountId]: z.string().default(''),
  [ENV.allowRoot]: z.stringbool().default(false),
  [ENV.siteProof]: z.string().optional(),
  [ENV.databaseCa]: z.string().optional(),
  [ENV.auditBus]: z.string().optional(),
  [ENV.resultsBucket]: z.string().default(''),
  [ENV.externalId]: z.string().default(''),
  [ENV.runnerRole]: z.string().default(''),
  [ENV.runner]: z.string().default(''),
  [ENV.machine]: z.string().default(''),
  [ENV.scheduleGroup]: z.string().default(''),
  [ENV.scheduleRole]: z.string().default(''),
  [ENV.notifies]: z.stringbool().default(false),
  [ENV.networks]: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(Network))
    .optional(),
  [FUNCTION_NAME]: z.string().default(''),
  [REGION]: z.string().default('us-east-1'),
});
export type Environment = z.output<typeof Environment>;

/** Reads the environment once, at a function's start. Throws where a value is not valid: a function must not start so. */
export const readEnvironment = (source: Record<string, string | undefined> = process.env): Environment =>
  Environment.parse(source);
