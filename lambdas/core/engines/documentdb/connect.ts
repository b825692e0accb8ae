/** Opens the door: TCP, TLS verified against the authorities given, login. */
import { isIP } from 'node:net';
import { type Document, MongoClient, type MongoClientOptions } from 'mongodb';
import { AppError } from '#contract/errors.ts';
import { lookupAllowed, refusalOf } from '../dial/dial.ts';
import type { About, ConnectOptions, Login, Target } from '../engine.ts';
import { explainConnect } from './explain.ts';

/** How long a connection may take from the first packet to the end of the login, in milliseconds. */
const CONNECT_TIME = 10_000;

export interface Opened {
  readonly client: MongoClient;
  readonly about: About;
}

/** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
export async function open(target: Target, login: Login, { signal }: ConnectOptions): Promise<Opened> {
  const timeout = AbortSignal.timeout(CONNECT_TIME);
  const stop = AbortSignal.any([signal, timeout]);
  // An address is not looked up.
  const refusal = isIP(target.host) ? refusalOf(target.host, [target.host]) : undefined;
  if (refusal) throw refusal;
  const client = new MongoClient(`mongodb://${hostOf(target)}/`, optionsOf(target, login));
  try {
    return { client, about: await Promise.race([greet(client, target, login), failing(client, stop)]) };
  } catch (error) {
    await client.close().catch(() => undefined);
    throw signal.reason instanceof AppError ? signal.reason : explainConnect(error, target, login, timeout.aborted);
  }
}

async function greet(client: MongoClient, { database }: Target, login: Login): Promise<About> {
  await client.connect();
  const { version } = await client.db(database).command({ buildInfo: 1 });
  return { version: String(version), user: await userOf(client, login), database };
}

/** With an AWS identity the database knows best who that is. */
async function userOf(client: MongoClient, { keys, user }: Login): Promise<string> {
  if (!keys) return user;
  const { authInfo } = await client.db('admin').command({ connectionStatus: 1 });
  const [first] = (authInfo as Document | undefined)?.authenticatedUsers ?? [];
  return String(first?.user ?? user);
}

/** The driver would try again until the time is over; what fails once is said at once. */
const failing = (client: MongoClient, stop: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    client.once('serverHeartbeatFailed', ({ failure }) => reject(failure));
    if (stop.aborted) reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  });

const hostOf = ({ host, port }: Target): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Only the host that was named: the others of a cluster may not be reachable from here, and a server that names others
 * leads nowhere. DocumentDB has no retryable writes
 * (Developer Guide, "Functional differences"), and a read that is tried again could give rows twice.
 */
const optionsOf = ({ ca }: Target, login: Login): MongoClientOptions => ({
  ...authOf(login),
  tls: true,
  ca,
  directConnection: true,
  lookup: lookupAllowed,
  retryWrites: false,
  retryReads: false,
  appName: 'Lodge',
  maxPoolSize: 4,
  connectTimeoutMS: CONNECT_TIME,
  serverSelectionTimeoutMS: CONNECT_TIME,
  serverMonitoringMode: 'poll',
  heartbeatFrequencyMS: 60_000,
});

const authOf = ({ user, password, keys }: Login): MongoClientOptions => {
  if (!keys) return { auth: { username: user, password }, authSource: 'admin' };
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  return {
    authMechanism: 'MONGODB-AWS',
    authSource: '$external',
    authMechanismProperties: { AWS_CREDENTIAL_PROVIDER: provider(credentials) },
  };
};

const provider =
  <T>(credentials: T) =>
  async (): Promise<T> =>
    credentials;
