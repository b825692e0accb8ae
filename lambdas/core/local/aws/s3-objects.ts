/** Objects of S3: written, read as a whole or in a range, and removed. */
import { allows } from '../account/policy.ts';
import { Fault } from './fault.ts';
import { authorizeKey, encryptionHeaders, encryptionOf } from './s3-encryption.ts';
import { arnOf, authorize, type S3Operand } from './s3-operand.ts';
import { rangeOf } from './s3-range.ts';
import type { StoredObject } from './s3-store.ts';
import type { RawAnswer } from './service.ts';

const NOTHING = new Uint8Array();

export const putObject = async (operand: S3Operand): Promise<RawAnswer> => {
  const { store, bucket, key, headers } = operand;
  authorize(operand, 's3:PutObject', key);
  const about = { headers: keptHeaders(headers), ...encryptionOf(operand) };
  authorizeKey(operand, about, 'kms:GenerateDataKey');
  const piece = await store.receive(operand);
  const object = await store.put({ bucket: bucket.name, key, ...about, etag: piece.md5, pieces: [piece] });
  return {
    status: 200,
    headers: { ...encryptionHeaders(object), ...checksum(object), etag: quoted(object) },
    body: NOTHING,
  };
};

export const getObject = (operand: S3Operand): RawAnswer => {
  const { store, headers, query } = operand;
  const object = readable(operand);
  const range = rangeOf(headers.get('range'), object.size);
  const { from, to } = range ?? { from: 0, to: object.size - 1 };
  const length = { 'content-length': String(to - from + 1) };
  const about = { ...describing(object), ...overridden(query), ...length };
  const body = store.read(object, from, to);
  if (!range) return { status: 200, headers: { ...about, ...checksum(object) }, body };
  return { status: 206, headers: { ...about, 'content-range': `bytes ${from}-${to}/${object.size}` }, body };
};

export const headObject = (operand: S3Operand): RawAnswer => {
  const object = readable(operand);
  const headers = { ...describing(object), ...checksum(object), 'content-length': String(object.size) };
  return { status: 200, headers, body: NOTHING };
};

/** What is not there is gone already. */
export const deleteObject = async (operand: S3Operand): Promise<RawAnswer> => {
  const { store, bucket, key } = operand;
  authorize(operand, 's3:DeleteObject', key);
  await store.remove(bucket.name, key);
  return { status: 204, headers: {}, body: NOTHING };
};

/** Faults: denied, also where it is not there and the caller may not know that (S3 API reference, GetObject). */
const readable = (operand: S3Operand): StoredObject => {
  const { store, bucket, key, caller } = operand;
  authorize(operand, 's3:GetObject', key);
  const object = store.find(bucket.name, key);
  if (!object) {
    if (!allows(caller.key.principal.allows, 's3:ListBucket', arnOf(bucket))) authorize(operand, 's3:ListBucket');
    throw new Fault('noResource', 'The specified key does not exist.');
  }
  authorizeKey(operand, object, 'kms:Decrypt');
  return object;
};

export const quoted = ({ etag }: Pick<StoredObject, 'etag'>): string => `"${etag}"`;

const KEPT = /^(content-(type|disposition|encoding|language)|cache-control|expires|x-amz-meta-.+)$/;

/** What a request says of the object; that its body came in chunks says nothing of it. */
export const keptHeaders = (headers: ReadonlyMap<string, string>): Record<string, string> => {
  const kept = [...headers].filter(([name]) => KEPT.test(name));
  const cleaned = kept.map(
    ([name, value]) => [name, name === 'content-encoding' ? withoutChunks(value) : value] as const,
  );
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(cleaned.filter(([, value]) => value !== '')) };
};

const withoutChunks = (encodings: string): string =>
  encodings
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== 'aws-chunked')
    .join(', ');

const describing = (object: StoredObject): Record<string, string> => ({
  ...object.headers,
  ...encryptionHeaders(object),
  etag: quoted(object),
  'last-modified': new Date(object.modified).toUTCString(),
  'accept-ranges': 'bytes',
});

/** Of a part's checksum, S3 tells nothing here: that of the parts together is another one. */
const checksum = ({ pieces }: StoredObject): Record<string, string> => {
  const [only, ...more] = pieces;
  if (!only || more.length > 0) return {};
  return { 'x-amz-checksum-crc32': only.crc32, 'x-amz-checksum-type': 'FULL_OBJECT' };
};

/** `response-content-disposition` and the like, which only a signed request may ask for: as all here are. */
const overridden = (query: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(
    [...query]
      .filter(([name]) => name.startsWith('response-'))
      .map(([name, value]) => [name.slice('response-'.length), value]),
  );
