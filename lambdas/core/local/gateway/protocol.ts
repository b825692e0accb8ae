/**
 * The few messages of PostgreSQL's protocol that come before a session begins. What comes after passes unread.
 * Source: PostgreSQL documentation, "Message Formats"; the limits are those of its backend_startup.c.
 */
import type { Duplex } from 'node:stream';
import { readBytes } from './read-bytes.ts';

/** What a first packet asks for, by the number after its length. */
const REQUESTS: Readonly<Record<number, 'startup' | 'ssl' | 'gss' | 'cancel'>> = {
  196608: 'startup', // 3.0
  196610: 'startup', // 3.2
  80877102: 'cancel',
  80877103: 'ssl',
  80877104: 'gss',
};

const STARTUP_LIMIT = 10_000;
const PASSWORD_LIMIT = 65_535;

export interface FirstPacket {
  readonly kind: (typeof REQUESTS)[number] | 'unknown';
  /** The whole packet with its length, to be passed on. */
  readonly bytes: Buffer;
}

/** Rejects where the peer leaves, or sends what no client would. */
export const readFirstPacket = async (from: Duplex): Promise<FirstPacket> => {
  const head = await readBytes(from, 4);
  const length = head.readInt32BE();
  if (length < 8 || length > STARTUP_LIMIT) throw new Error('This is not the PostgreSQL protocol.');
  const rest = await readBytes(from, length - 4);
  return { kind: REQUESTS[rest.readInt32BE()] ?? 'unknown', bytes: Buffer.concat([head, rest]) };
};

/** The parameters of a startup packet: pairs of strings, each with a zero at its end. */
export const startupParameters = (packet: Buffer): ReadonlyMap<string, string> => {
  const strings = packet.subarray(8).toString('utf8').split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; strings[index]; index += 2) parameters.set(strings[index] ?? '', strings[index + 1] ?? '');
  return parameters;
};

/** The same startup packet for another user, whose database stays the one that was asked for: left out, the user's. */
export const startupAs = (user: string, packet: Buffer): Buffer => {
  const asked = startupParameters(packet);
  const parameters = new Map([['database', asked.get('user') ?? ''], ...asked, ['user', user]]);
  const text = Buffer.from(`${[...parameters].flat().join('\0')}\0\0`);
  const head = Buffer.from(packet.subarray(0, 8));
  head.writeInt32BE(8 + text.byteLength);
  return Buffer.concat([head, text]);
};

/** One message with its type; `type` is a letter. */
export const readMessage = async (from: Duplex): Promise<{ type: string; body: Buffer; bytes: Buffer }> => {
  const head = await readBytes(from, 5);
  const length = head.readInt32BE(1);
  if (length < 4 || length > PASSWORD_LIMIT) throw new Error('This is not the PostgreSQL protocol.');
  const body = length > 4 ? await readBytes(from, length - 4) : Buffer.alloc(0);
  return { type: String.fromCharCode(head[0] ?? 0), body, bytes: Buffer.concat([head, body]) };
};

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5, type, 'latin1');
  head.writeInt32BE(body.byteLength + 4, 1);
  return Buffer.concat([head, body]);
};

/** AuthenticationCleartextPassword. */
export const ASK_PASSWORD = message('R', Buffer.from([0, 0, 0, 3]));

export const isAskPassword = ({ type, body }: { type: string; body: Buffer }): boolean =>
  type === 'R' && body.readInt32BE() === 3;

export const passwordMessage = (password: string): Buffer => message('p', Buffer.from(`${password}\0`));

export const readPassword = ({ type, body }: { type: string; body: Buffer }): string | undefined =>
  type === 'p' && body.at(-1) === 0 ? body.toString('utf8', 0, body.length - 1) : undefined;

/** An ErrorResponse that ends the connection. `code` is an SQLSTATE. */
export const fatal = (code: string, text: string): Buffer =>
  message('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`));
