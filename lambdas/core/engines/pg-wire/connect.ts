/** Opens the door: TCP, TLS verified against the authorities given, login. */
import { type ConnectionOptions, createSecureContext, type SecureContext } from 'node:tls';
import { Client, type ClientConfig } from 'pg';
import { AppError } from '#contract/errors.ts';
import { checkedSocket } from '../dial/dial.ts';
import type { Login, Target } from '../engine.ts';
import { frontendOf } from './client.ts';
import { explainConnect, type Wording } from './explain.ts';

/** How long a connection may take from the first packet to the end of the login, in milliseconds. */
const CONNECT_TIME = 10_000;
/** Lodge's own connections by this name in pg_stat_activity. */
const APPLICATION = 'Lodge';

/** The last one made: all databases have the same authorities, and reading AWS's 120 certificates takes some 7 ms. */
let trusted: { readonly ca: string; readonly context: SecureContext } | undefined;

/** TLS is never left out, and never unverified, whatever the environment of the process says. */
export function tlsOptions({ ca }: Target): ConnectionOptions {
  if (trusted?.ca !== ca) trusted = { ca, context: createSecureContext({ ca, minVersion: 'TLSv1.2' }) };
  return { secureContext: trusted.context, rejectUnauthorized: true };
}

interface OpenOptions {
  readonly signal: AbortSignal;
  readonly wording: Wording;
}

/** Errors: LOGIN_FAILED, DATABASE_UNREACHABLE, DATABASE_TIMEOUT. */
export async function open(target: Target, login: Login, { signal, wording }: OpenOptions): Promise<Client> {
  const client = new Client(configOf(target, login));
  const timeout = AbortSignal.timeout(CONNECT_TIME);
  const stop = AbortSignal.any([signal, timeout]);
  const destroy = (): void => void frontendOf(client).stream.destroy();
  // After the login too: without a listener an error of the socket would end the process.
  client.on('error', () => undefined);
  stop.addEventListener('abort', destroy);
  try {
    stop.throwIfAborted();
    await client.connect();
    return client;
  } catch (error) {
    destroy();
    throw signal.reason instanceof AppError
      ? signal.reason
      : explainConnect(error, wording, { target, login, timedOut: timeout.aborted });
  } finally {
    stop.removeEventListener('abort', destroy);
  }
}

const configOf = (target: Target, login: Login): ClientConfig => ({
  host: target.host,
  port: target.port,
  stream: checkedSocket,
  database: target.database,
  user: login.user,
  // As a function, it is asked for once, and an empty password is not looked up in the environment or in ~/.pgpass.
  password: () => login.password,
  ssl: tlsOptions(target),
  sslnegotiation: 'postgres',
  application_name: APPLICATION,
  keepAlive: true,
});
