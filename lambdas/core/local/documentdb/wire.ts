/**
 * The messages of MongoDB's protocol that come before a session begins. What comes after passes unread.
 * Source: MongoDB documentation, "MongoDB Wire Protocol".
 */
import type { Duplex } from 'node:stream';
import { BSON, type Document } from 'mongodb';
import { readBytes } from '../gateway/read-bytes.ts';

const OP = { reply: 1, query: 2004, message: 2013 } as const;
const HEAD = 16;
/** No message of a login is longer: a session token takes some kilobytes. */
const LIMIT = 65_535;

/** A command; by what kind of message it came decides by what kind it is answered. */
export interface Command {
  readonly requestId: number;
  readonly legacy: boolean;
  /** The first name of its document, such as `hello`. */
  readonly name: string;
  readonly body: Document;
}

/** Rejects where the peer leaves, or sends what no client would before it has logged in. */
export const readCommand = async (from: Duplex): Promise<Command> => {
  const head = await readBytes(from, HEAD);
  const length = head.readInt32LE(0);
  if (length <= HEAD || length > LIMIT) throw new Error('This is not the MongoDB protocol.');
  const rest = await readBytes(from, length - HEAD);
  const opcode = head.readInt32LE(12);
  const body = BSON.deserialize(documentIn(rest, opcode), { promoteValues: true, promoteBuffers: true });
  return { requestId: head.readInt32LE(4), legacy: opcode === OP.query, name: Object.keys(body)[0] ?? '', body };
};

const documentIn = (rest: Buffer, opcode: number): Buffer => {
  // Flags, then a section of kind 0 that is the command.
  if (opcode === OP.message && rest[4] === 0) return sized(rest, 5);
  // Flags, the collection's name with a zero, and two numbers.
  if (opcode === OP.query) return sized(rest, rest.indexOf(0, 4) + 9);
  throw new Error('This is not a command.');
};

const sized = (bytes: Buffer, at: number): Buffer => bytes.subarray(at, at + bytes.readInt32LE(at));

export const answer = ({ requestId, legacy }: Command, body: Document): Buffer => {
  const document = BSON.serialize(body);
  // OP_REPLY: flags, no cursor, from 0, one document. OP_MSG: no flags, a section of kind 0.
  const before = legacy ? Buffer.concat([Buffer.alloc(16), Buffer.from([1, 0, 0, 0])]) : Buffer.alloc(5);
  const head = Buffer.alloc(HEAD);
  head.writeInt32LE(HEAD + before.length + document.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(legacy ? OP.reply : OP.message, 12);
  return Buffer.concat([head, before, document]);
};

export const failure = (code: number, codeName: string, errmsg: string): Document => ({
  ok: 0,
  errmsg,
  code,
  codeName,
});
