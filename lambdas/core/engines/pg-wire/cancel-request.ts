/** The protocol's own way to cancel: a new connection that says nothing but whom (message CancelRequest). */
import net from 'node:net';
import tls from 'node:tls';
import { dial } from '../dial/dial.ts';
import type { Target } from '../engine.ts';
import type { BackendKey } from './client.ts';
import { tlsOptions } from './connect.ts';

/** Codes that stand in place of a protocol version (PostgreSQL documentation, "Message Formats"). */
const TLS_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;
const TIME = 2_000;

/**
 * True when the server has closed that connection, having signalled the backend before; false when it cannot be reached.
 * What the backend does of it is seen on its own connection.
 */
export async function requestCancel(target: Target, key: BackendKey): Promise<boolean> {
  const socket = dial(target);
  socket.setTimeout(TIME, () => socket.destroy());
  try {
    await once(socket, 'connect');
    socket.write(message(TLS_REQUEST));
    const [answer] = await once(socket, 'data');
    if (String(answer) !== 'S') return false;
    const servername = net.isIP(target.host) ? {} : { servername: target.host };
    const secure = tls.connect({ ...tlsOptions(target), ...servername, host: target.host, socket });
    await once(secure, 'secureConnect');
    secure.end(message(CANCEL_REQUEST, key.processID, key.secretKey));
    secure.resume();
    await once(secure, 'close');
    return true;
  } catch {
    // The statement is then stopped in another way: see `Stopper`.
    return false;
  } finally {
    socket.destroy();
  }
}

/** Resolves at an event; rejects when the socket ends before it. */
function once(socket: net.Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    socket.once(event, (...values) => resolve(values));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
}

function message(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 + numbers.length * 4);
  bytes.writeInt32BE(bytes.length, 0);
  for (const [index, number] of numbers.entries()) bytes.writeInt32BE(number, 4 + index * 4);
  return bytes;
}
