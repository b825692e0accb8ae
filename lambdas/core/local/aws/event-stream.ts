/**
 * Messages of AWS's event streams, as a server writes them (Smithy, "Amazon Event Stream Specification"): lengths with a
 * CRC of their own, headers, payload, and a CRC of all.
 */
import { crc32 } from 'node:zlib';

/** The two lengths and their CRC before, the CRC of the message behind. */
const PRELUDE = 12;
const TRAILER = 4;
/** The type of a header's value that is a string. */
const STRING = 7;

/** A message of one type of event. */
export function eventMessage(type: string, contentType: string, payload: Uint8Array): Uint8Array {
  const given = { ':message-type': 'event', ':event-type': type, ':content-type': contentType };
  const headers = Buffer.concat(Object.entries(given).map(header));
  const length = PRELUDE + headers.length + payload.length + TRAILER;
  const message = Buffer.alloc(length);
  message.writeUInt32BE(length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  message.set(headers, PRELUDE);
  message.set(payload, PRELUDE + headers.length);
  message.writeUInt32BE(crc32(message.subarray(0, length - TRAILER)), length - TRAILER);
  return message;
}

/** A byte for the length of the name, two for that of the value. */
function header([name, value]: readonly [string, string]): Buffer {
  const bytes = Buffer.alloc(1 + name.length + 3 + value.length);
  bytes.writeUInt8(name.length, 0);
  bytes.write(name, 1, 'latin1');
  bytes.writeUInt8(STRING, 1 + name.length);
  bytes.writeUInt16BE(value.length, 2 + name.length);
  bytes.write(value, 4 + name.length, 'latin1');
  return bytes;
}
