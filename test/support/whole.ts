/**
 * The whole of Lodge as one server runs it, on an AWS of this process: STS, IAM, KMS, the table, RDS and Secrets Manager
 * behind verified signatures, and demo databases where a test wants them. Only what a test puts between is not as it is.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { User } from '#contract/people.ts';
import { awsPorts } from '#core/aws/ports.ts';
import { ENV, type Environment, readEnvironment } from '#core/env.ts';
import type { HttpAnswer, Serve } from '#core/http/message.ts';
import { type Holdings, together } from '#core/local/account/holdings.ts';
import {
  ACCOUNT_ID,
  EXTERNAL_ID,
  HOME_REGION,
  PRINCIPALS,
  type PrincipalName,
  RESULTS_BUCKET,
  RESULTS_KEY_ARN,
  RUNNER,
  SESSION_KEY_ARN,
  TABLE,
} from '#core/local/account/principals.ts';
import { createRegistry, type Registry } from '#core/local/account/registry.ts';
import { loadSeed } from '#core/local/account/seed.ts';
import { temporaryPasswords } from '#core/local/account/temporary-passwords.ts';
import { docDbElastic } from '#core/local/aws/docdb-elastic.ts';
import { dsql } from '#core/local/aws/dsql.ts';
import { dynamoDb } from '#core/local/aws/dynamo-db.ts';
import type { TaggedTable } from '#core/local/aws/dynamo-db-tags.ts';
import { iam } from '#core/local/aws/iam.ts';
import { kms } from '#core/local/aws/kms.ts';
import { type LocalFunction, lambda, type WholeFunction } from '#core/local/aws/lambda.ts';
import { rds } from '#core/local/aws/rds.ts';
import { redshift } from '#core/local/aws/redshift.ts';
import { redshiftClusters } from '#core/local/aws/redshift-clusters.ts';
import { redshiftCredentials } from '#core/local/aws/redshift-credentials.ts';
import { redshiftServerless } from '#core/local/aws/redshift-serverless.ts';
import { redshiftServerlessCredentials } from '#core/local/aws/redshift-serverless-credentials.ts';
import { redshiftServerlessLists } from '#core/local/aws/redshift-serverless-lists.ts';
import { s3 } from '#core/local/aws/s3.ts';
import { type ObjectStore, openObjectStore } from '#core/local/aws/s3-store.ts';
import { secretsManager } from '#core/local/aws/secrets-manager.ts';
import type { Service } from '#core/local/aws/service.ts';
import { type AwsEndpointOptions, startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import { sts } from '#core/local/aws/sts.ts';
import { type Database, startDatabase } from '#core/local/database/start-database.ts';
import type { DemoPart, Ground } from '#core/local/demo/demo.ts';
import { call, type Forward, type Place } from '#core/local/dynamo-db/backend.ts';
import { startDynalite } from '#core/local/dynamo-db/dynalite.ts';
import { startDynamoDb } from '#core/local/dynamo-db/start-dynamo-db.ts';
import { makeInstanceTable } from '#core/local/dynamo-db/tables.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import type { Network } from '#core/networks/network.ts';
import { once } from '#core/once.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { sealSession } from '#core/session/session-token.ts';
import { serveAll } from '../../lambdas/all.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { recordingLog } from './ports.ts';
import { cookieHeader, request } from './requests.ts';

export interface WholeOptions {
  readonly demos?: readonly DemoPart[];
  /** What the account lists beside them. */
  readonly holds?: Partial<Holdings>;
  /** Tables of DynamoDB that are made, with their tags. */
  readonly tables?: readonly TaggedTable[];
  readonly around?: AwsEndpointOptions['around'];
  /** Where the SDK finds AWS, given where it is: a proxy of the test's own stands between. */
  between?(url: string): Promise<{ readonly url: string } & AsyncDisposable>;
  /** Where the instances and clusters of RDS are found, given where each is. */
  front?(port: number, identifier: string): Promise<{ readonly port: number } & AsyncDisposable>;
  /** True: tables are in AWS's own DynamoDB Local, with those of the demo, which takes Java. */
  readonly dynamoDbLocal?: boolean;
  /** Functions that answer once they have ended, by their names in Lambda. */
  readonly functions?: Readonly<Record<string, WholeFunction>>;
  /** Further services of this AWS. */
  readonly services?: readonly Service[];
  /** The networks of this instance, and the functions of their connectors by name. */
  readonly connectors?: {
    readonly networks: readonly Network[];
    readonly functions: Readonly<Record<string, LocalFunction>>;
  };
}

export interface Whole extends AsyncDisposable {
  readonly serve: Serve;
  readonly environment: Environment;
  readonly ports: ReturnType<typeof awsPorts>;
  readonly registry: Registry;
  readonly holdings: Holdings;
  readonly log: ReturnType<typeof recordingLog>;
  readonly postgres: Database | undefined;
  /** What the bucket of results holds. */
  readonly objects: ObjectStore;
  /** The authority of the databases' certificates, in PEM. */
  readonly authority: string;
  /** The cookies of a session that was sealed now, or earlier, for so many seconds. */
  sessionOf(name: PrincipalName, span?: { ago?: number; seconds?: number }): Promise<string>;
  /** Signs in with the keys of a principal, as its page does. */
  signIn(name: PrincipalName): Promise<{ answer: HttpAnswer; cookie: string }>;
}

const RESULTS = { name: RESULTS_BUCKET, accountId: ACCOUNT_ID, region: HOME_REGION, encryptedBy: RESULTS_KEY_ARN };

/** Starts it. One at a time in a process: SDK clients find their endpoint in the environment. */
export async function startWhole(options: WholeOptions = {}): Promise<Whole> {
  const { demos = [], holds = {}, tables: tagged = [], around, between, front } = options;
  const { dynamoDbLocal = false, connectors, functions = {}, services: furtherServices = [] } = options;
  await using starting = new AsyncDisposableStack();
  const { path: folder } = starting.use(await temporaryFolder());
  const seed = await loadSeed(folder);
  const registry = createRegistry(seed);
  const certificates = makeCertificates();
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, certificates.ca);
  const tables = starting.use(await (dynamoDbLocal ? startDynamoDb({ folder, java: true }) : startDynalite(folder)));
  if (!dynamoDbLocal) await makeInstanceTable(tables.forward);
  for (const { name, ...place } of tagged) await makeTable(tables.forward, place, name);

  const eventsRows = 20_000;
  let postgres: Database | undefined;
  const startPostgres = once(async () => {
    postgres = starting.use(await startDatabase(folder, { eventsRows }));
    return postgres;
  });
  const passwords = temporaryPasswords(seed);
  const ground: Ground = {
    ...{ folder, eventsRows, seed, registry, passwords, certificates, portOf: () => 0 },
    /** Started for the first demo that stands on it. */
    get postgres() {
      return startPostgres();
    },
  };
  const parts = await Promise.all(demos.map(async ({ start }) => starting.use(await start(ground))));
  const held = together([...parts.map((part) => part.holds), holds]);
  const fronted = async <T extends { readonly port: number }>(place: T, identifier: string): Promise<T> =>
    front ? { ...place, port: starting.use(await front(place.port, identifier)).port } : place;
  const holdings = {
    ...held,
    instances: await Promise.all(held.instances.map((each) => fronted(each, each.identifier))),
    clusters: await Promise.all(
      held.clusters.map(async (each) => ({ ...each, writer: await fronted(each.writer, each.identifier) })),
    ),
  };
  const objects = await openObjectStore(join(folder, 's3'));
  const services = [
    sts(registry),
    iam,
    kms(seed),
    rds(holdings),
    secretsManager(holdings.secrets),
    dynamoDb(tables.forward, tagged),
    docDbElastic(holdings.elasticClusters),
    dsql(holdings.dsqlClusters),
    redshift(redshiftClusters(holdings.redshiftClusters), redshiftCredentials(holdings.redshiftClusters, passwords)),
    redshiftServerless(
      redshiftServerlessLists(holdings.workgroups),
      redshiftServerlessCredentials(holdings.workgroups, passwords),
    ),
    lambda({ streaming: connectors?.functions ?? {}, whole: functions }),
    ...furtherServices,
    s3(objects, [RESULTS]),
  ];
  const endpoint = starting.use(await startAwsEndpoint({ registry, services, ...(around && { around }) }));
  const reached = between ? starting.use(await between(endpoint.url)) : endpoint;
  const { accessKeyId, secretAccessKey } = registry.longTerm('service');
  starting.use(
    during({
      AWS_ENDPOINT_URL: reached.url,
      AWS_REGION: HOME_REGION,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      [ENV.accountId]: ACCOUNT_ID,
      [ENV.table]: TABLE,
      [ENV.sessionKeyId]: SESSION_KEY_ARN,
      [ENV.databaseCa]: ca,
      [ENV.allowLoopback]: 'true',
      [ENV.resultsBucket]: RESULTS_BUCKET,
      [ENV.externalId]: EXTERNAL_ID,
      [ENV.runnerRole]: PRINCIPALS.service.arn,
      [ENV.runner]: RUNNER,
      ...(connectors && { [ENV.networks]: JSON.stringify(connectors.networks) }),
    }),
  );
  const environment = readEnvironment();
  const ports = awsPorts(environment);
  const log = recordingLog();
  const serve = serveAll(environment, { log: log.log });
  const started = starting.move();
  return {
    serve,
    environment,
    ports,
    registry,
    holdings,
    log,
    postgres,
    objects,
    authority: certificates.ca,
    async sessionOf(name, { ago = 0, seconds = 3_600 } = {}) {
      const { accessKeyId, secretAccessKey, sessionToken } = registry.issue(name, 'session-token', 3_600);
      const issuedAt = new Date(Date.now() - ago * 1_000);
      const expiresAt = new Date(issuedAt.getTime() + seconds * 1_000);
      const made = {
        user: userOf(name),
        account: { id: PRINCIPALS[name].accountId },
        credentials: { accessKeyId, secretAccessKey, sessionToken },
        issuedAt,
        expiresAt,
      };
      const { token } = await sealSession(ports.dataKeys, made);
      return cookieHeader({ cookies: sessionCookies(token, made) });
    },
    async signIn(name) {
      const answer = await serve(request('POST', '/api/session', { json: registry.longTerm(name) }));
      return { answer, cookie: cookieHeader(answer) };
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const makeTable = (forward: Forward, { accountId, region }: Place, TableName: string) =>
  call(forward, { accountId, region }, 'CreateTable', {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });

/** A principal of the local account, as Lodge knows it. */
export const userOf = (name: PrincipalName): User => {
  const { accountId, arn, userId } = PRINCIPALS[name];
  return { id: `aws:${accountId}:${userId}`, arn, name, kind: 'user' };
};

/** Sets variables of the environment until it is disposed. */
function during(variables: Readonly<Record<string, string>>): Disposable {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return {
    [Symbol.dispose]() {
      for (const [name, value] of before)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    },
  };
}
