/**
 * The few packets of MySQL's protocol that come before a session begins. What comes after passes unread.
 * Source: MySQL documentation, "Connection Phase"; MariaDB documentation, "Connection".
 */
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { readBytes } from '../gateway/read-bytes.ts';

export interface Packet {
  readonly sequence: number;
  readonly payload: Buffer;
}

/** No packet of a login is longer: a token takes some kilobytes. */
const LIMIT = 65_535;

/** Rejects where the peer leaves, or sends what no client would. */
export const readPacket = async (from: Duplex): Promise<Packet> => {
  const head = await readBytes(from, 4);
  const length = head.readUIntLE(0, 3);
  if (length === 0 || length > LIMIT) throw new Error('This is not the MySQL protocol.');
  return { sequence: head[3] ?? 0, payload: await readBytes(from, length) };
};

export const packet = (sequence: number, payload: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence & 0xff;
  return Buffer.concat([head, payload]);
};

export const isOk = ({ payload }: Packet): boolean => payload[0] === 0;
export const isError = ({ payload }: Packet): boolean => payload[0] === 0xff;

/** An ERR packet. */
export const failure = (number: number, state: string, message: string): Buffer => {
  const head = Buffer.alloc(3, 0xff);
  head.writeUInt16LE(number, 1);
  return Buffer.concat([head, Buffer.from(`#${state}${message}`)]);
};

/** Bits of the capabilities. */
const CAN = { database: 8, tls: 0x800, secure: 0x8000, plugin: 0x80000, longAuth: 0x200000 } as const;
const NATIVE = 'mysql_native_password';

/** A server's greeting, saying that it speaks TLS. */
export const offeringTls = (greeting: Buffer): Buffer => {
  const offer = Buffer.from(greeting);
  const at = capabilitiesAt(greeting);
  offer.writeUInt16LE(offer.readUInt16LE(at) | CAN.tls, at);
  return offer;
};

/** The 20 bytes that a password is hashed with: 8 behind the thread's number, and 12 behind the reserved bytes. */
export const scrambleOf = (greeting: Buffer): Buffer => {
  const at = capabilitiesAt(greeting);
  return Buffer.concat([greeting.subarray(at - 9, at - 1), greeting.subarray(at + 18, at + 30)]);
};

/** Behind the version, the thread's number, 8 bytes and a zero. */
const capabilitiesAt = (greeting: Buffer): number => greeting.indexOf(0, 1) + 1 + 4 + 8 + 1;

/** What asks for TLS is the beginning of a response, and nothing more. */
export const asksTls = ({ payload }: Packet): boolean =>
  payload.length === 32 && (payload.readUInt32LE(0) & CAN.tls) !== 0;

export interface Response {
  readonly user: string;
  readonly database: string | undefined;
  /** The same response without TLS; with another answer to the password's question, where there is one. */
  rewritten(answer?: Buffer): Buffer;
}

export const readResponse = (payload: Buffer): Response => {
  const can = payload.readUInt32LE(0);
  if (!(can & CAN.secure) || !(can & CAN.plugin)) throw new Error('The client is too old.');
  const userEnd = payload.indexOf(0, 32);
  const auth = readAuth(payload, userEnd + 1, (can & CAN.longAuth) !== 0);
  const databaseEnd = can & CAN.database ? payload.indexOf(0, auth.end) + 1 : auth.end;
  const pluginEnd = payload.indexOf(0, databaseEnd) + 1;
  return {
    user: payload.toString('utf8', 32, userEnd),
    database: can & CAN.database ? payload.toString('utf8', auth.end, databaseEnd - 1) : undefined,
    rewritten(answer) {
      const head = Buffer.from(payload.subarray(0, userEnd + 1));
      head.writeUInt32LE((can & ~CAN.tls) >>> 0, 0);
      if (!answer) return Buffer.concat([head, payload.subarray(userEnd + 1)]);
      const plugin = Buffer.from(`${NATIVE}\0`);
      const database = payload.subarray(auth.end, databaseEnd);
      // Shorter than 251 bytes, a length is one byte in either way of writing it.
      return Buffer.concat([head, Buffer.from([answer.length]), answer, database, plugin, payload.subarray(pluginEnd)]);
    },
  };
};

const readAuth = (payload: Buffer, at: number, long: boolean): { end: number } => {
  const first = payload[at] ?? 0;
  if (!long || first < 0xfb) return { end: at + 1 + first };
  if (first === 0xfc) return { end: at + 3 + payload.readUInt16LE(at + 1) };
  throw new Error('The password is too long.');
};

/** AuthSwitchRequest to the plugin that sends a password as it is. */
export const askClearly = (scramble: Buffer): Buffer =>
  Buffer.concat([Buffer.from('\xfemysql_clear_password\0', 'latin1'), scramble, Buffer.from([0])]);

/** What a client answers to it: the password with a zero at its end. */
export const clearPassword = ({ payload }: Packet): string =>
  payload.at(-1) === 0 ? payload.toString('utf8', 0, payload.length - 1) : payload.toString('utf8');

/** `SHA1(password) XOR SHA1(scramble + SHA1(SHA1(password)))`, as mysql_native_password asks. */
export const nativeAnswer = (password: string, scramble: Buffer): Buffer => {
  const sha1 = (...parts: Buffer[]) => createHash('sha1').update(Buffer.concat(parts)).digest();
  const once = sha1(Buffer.from(password));
  const mask = sha1(scramble, sha1(once));
  return once.map((byte, index) => byte ^ (mask[index] ?? 0)) as Buffer;
};
