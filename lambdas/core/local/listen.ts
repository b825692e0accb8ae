/** Servers of this machine: on 127.0.0.1 only, on a port that was free. */
import type { AddressInfo, Server } from 'node:net';

export interface Listening {
  readonly port: number;
  /** Stops listening; connections still open are not waited for. */
  close(): Promise<void>;
}

/** Listens at `wanted`, or at any free port where that is taken or not given. */
export const listen = async (server: Server & { closeAllConnections?(): void }, wanted = 0): Promise<Listening> => {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await attempt(wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return attempt(0);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections?.();
    });
  return { port: (server.address() as AddressInfo).port, close };
};
