/** The scripted server with a connection of the engine's to it, for a test. */
import type { Connection, ConnectOptions, Target } from '#core/engines/engine.ts';
import { sqlserver } from '#core/engines/sqlserver/sqlserver.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { startTdsServer, type TdsOptions, type TdsServer } from './tds-server.ts';

const certificates = makeCertificates();
export const LOGIN = { user: 'app', password: 'the-password' };

export const targetOf = ({ port }: { readonly port: number }): Target => ({
  host: 'localhost',
  port,
  database: 'shop',
  ca: certificates.ca,
});

export const start = (options: Omit<TdsOptions, 'certificates'> = {}): Promise<TdsServer> =>
  startTdsServer({ certificates, ...options });

export interface Pair extends AsyncDisposable {
  readonly server: TdsServer;
  readonly connection: Connection;
}

export async function connected(
  answers: TdsOptions['answers'] = [],
  { readOnly = false, signal = new AbortController().signal }: Partial<ConnectOptions> = {},
): Promise<Pair> {
  const server = await start({ answers });
  const connection = await sqlserver.connect(targetOf(server), LOGIN, { readOnly, signal });
  return {
    server,
    connection,
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
