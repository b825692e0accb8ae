/** Ports for programs that cannot choose one by themselves: nobody takes one between its choice and the program's start. */
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import { listen } from './listen.ts';

/** Whoever has started a program there gives it back, once the program listens. */
export interface ReservedPort extends Disposable {
  readonly port: number;
}

/**
 * Below the ports that systems give out by themselves, to servers that take any port and to each connection that is made:
 * from 32768 on Linux (ip(7), `ip_local_port_range`), from 49152 elsewhere (RFC 6335, section 6).
 */
const OURS = { from: 20_000, to: 29_999 };

/** One in thousands is taken: so many in a row are not met by chance. */
const ATTEMPTS = 50;

/** Other processes that ask here do not get it. Throws where all that are tried are taken. */
export async function reservePort({ from, to } = OURS): Promise<ReservedPort> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(from, to + 1);
    const held = await hold(port);
    if (held && (await isFree(port))) return { port, [Symbol.dispose]: () => void held.close() };
    held?.close();
  }
  throw new Error(`No port from ${from} to ${to} is free.`);
}

/**
 * A UDP socket of the same number is the reservation: it is in no TCP server's way, two processes cannot have it, and the
 * system takes it back from one that was killed.
 */
const hold = (port: number): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(socket.unref()));
  });

async function isFree(port: number): Promise<boolean> {
  const { port: got, close } = await listen(createServer(), port);
  await close();
  return got === port;
}
