/** Servers of this machine: on 127.0.0.1 only, on a port that was free. */
import { type AddressInfo, createServer, type Server } from 'node:net';

export interface Listening {
  readonly port: number;
  /** Stops listening; connections still open are not waited for. */
  close(): Promise<void>;
}

export const listen = async (server: Server & { closeAllConnections?(): void }): Promise<Listening> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections?.();
    });
  return { port: (server.address() as AddressInfo).port, close };
};

/** A port that nothing listens on now, for a program that cannot choose one by itself. */
export const freePort = async (): Promise<number> => {
  const { port, close } = await listen(createServer());
  await close();
  return port;
};
