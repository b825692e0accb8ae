/** Multipart uploads of S3, as strict as it is (S3 User Guide, "Amazon S3 multipart upload limits"). */
import { createHash, randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { Fault } from './fault.ts';
import { authorizeKey, encryptionHeaders, encryptionOf } from './s3-encryption.ts';
import { keptHeaders, quoted } from './s3-objects.ts';
import { authorize, type S3Operand } from './s3-operand.ts';
import type { Piece, Upload } from './s3-store.ts';
import type { RawAnswer } from './service.ts';
import { s3Xml } from './speak-s3.ts';

const LEAST_BYTES = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;

const NOTHING = new Uint8Array();

let begun = 0;
/** Sorts as uploads were begun: a list goes on after an id as it does after a time. */
const idOf = (started: string): string => {
  begun += 1;
  return `${started.replace(/\W/g, '')}.${String(begun).padStart(9, '0')}.${randomBytes(18).toString('base64url')}`;
};

export const createUpload = (operand: S3Operand): RawAnswer => {
  const { store, bucket, key, headers } = operand;
  authorize(operand, 's3:PutObject', key);
  const algorithm = headers.get('x-amz-checksum-algorithm');
  const about = { headers: keptHeaders(headers), ...encryptionOf(operand), ...(algorithm ? { algorithm } : {}) };
  authorizeKey(operand, about, 'kms:GenerateDataKey');
  const started = new Date().toISOString();
  const id = idOf(started);
  store.uploads.set(id, { id, bucket: bucket.name, key, started, ...about, parts: new Map() });
  const answer = s3Xml('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: id });
  return { ...answer, headers: { ...answer.headers, ...encryptionHeaders(about) } };
};

export const uploadPart = async (operand: S3Operand): Promise<RawAnswer> => {
  const { store, key, query, headers } = operand;
  authorize(operand, 's3:PutObject', key);
  const upload = uploadOf(operand);
  authorizeKey(operand, upload, 'kms:GenerateDataKey', 'kms:Decrypt');
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
    throw new Fault('invalid', `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`);
  }
  if (upload.algorithm === 'CRC32' && ![...headers].some(([name, value]) => statesCrc32(name, value))) {
    throw new Fault('invalidS3Request', 'Checksum Type mismatch occurred, expected checksum Type: crc32');
  }
  const piece = { ...(await store.receive(operand)), arrived: new Date().toISOString() };
  // It may have been ended meanwhile.
  if (!store.uploads.has(upload.id)) {
    await store.forget([piece]);
    throw noUpload();
  }
  const before = upload.parts.get(number);
  upload.parts.set(number, piece);
  await store.forget(before ? [before] : []);
  const checksum = { 'x-amz-checksum-crc32': piece.crc32 };
  return { status: 200, headers: { ...checksum, ...encryptionHeaders(upload), etag: `"${piece.md5}"` }, body: NOTHING };
};

const statesCrc32 = (name: string, value: string): boolean =>
  name === 'x-amz-checksum-crc32' || (name === 'x-amz-trailer' && value === 'x-amz-checksum-crc32');

export const completeUpload = async (operand: S3Operand): Promise<RawAnswer> => {
  const { store, bucket, key, body } = operand;
  authorize(operand, 's3:PutObject', key);
  const upload = uploadOf(operand);
  authorizeKey(operand, upload, 'kms:Decrypt');
  const pieces = checkedPieces(upload, listedParts(await text(body)));
  store.uploads.delete(upload.id);
  await store.forget([...upload.parts.values()].filter((piece) => !pieces.includes(piece)));
  const { headers, encryptedBy } = upload;
  const about = { headers, ...(encryptedBy ? { encryptedBy } : {}) };
  const object = await store.put({ bucket: bucket.name, key, ...about, etag: etagOf(pieces), pieces });
  const answer = s3Xml('CompleteMultipartUploadResult', {
    Location: `/${bucket.name}/${key}`,
    Bucket: bucket.name,
    Key: key,
    ETag: quoted(object),
  });
  return { ...answer, headers: { ...answer.headers, ...encryptionHeaders(upload) } };
};

export const abortUpload = async (operand: S3Operand): Promise<RawAnswer> => {
  const { store, key } = operand;
  authorize(operand, 's3:AbortMultipartUpload', key);
  const upload = uploadOf(operand);
  store.uploads.delete(upload.id);
  await store.forget(upload.parts.values());
  return { status: 204, headers: {}, body: NOTHING };
};

const noUpload = () =>
  new Fault('noUpload', 'The specified upload does not exist. It may have been aborted or completed.');

/** Faults: noUpload. */
export const uploadOf = ({ store, bucket, key, query }: S3Operand): Upload => {
  const upload = store.uploads.get(query.get('uploadId') ?? '');
  if (upload?.bucket !== bucket.name || upload.key !== key) throw noUpload();
  return upload;
};

interface ListedPart {
  readonly number: number;
  readonly etag: string;
  readonly crc32: string | undefined;
}

/** Faults: malformedXml. */
const listedParts = (xml: string): ListedPart[] => {
  const parts = [...xml.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(element(part, 'PartNumber')),
    etag: element(part, 'ETag')?.replace(/^"|"$/g, '') ?? '',
    crc32: element(part, 'ChecksumCRC32'),
  }));
  if (!/<CompleteMultipartUpload[\s>]/.test(xml) || parts.length === 0 || parts.length > MOST_PARTS) {
    throw new Fault('malformedXml', 'The XML you provided was not well-formed or did not validate');
  }
  return parts;
};

const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>\\s*(.*?)\\s*</${name}>`, 's')
    .exec(xml)?.[1]
    ?.replace(/&(?:quot|#34|#x22);/g, '"')
    .replace(/&#x?3d;/gi, '=');

/** Faults: invalidPartOrder, invalidPart, invalidS3Request (a checksum that was announced), partTooSmall. */
const checkedPieces = ({ parts, algorithm }: Upload, listed: readonly ListedPart[]): Piece[] => {
  if (listed.some(({ number }, index) => index > 0 && number <= (listed[index - 1]?.number ?? 0))) {
    throw new Fault('invalidPartOrder', 'The list of parts was not in ascending order.');
  }
  const pieces = listed.map(({ number, etag, crc32 }) => {
    const piece = parts.get(number);
    if (!piece || piece.md5 !== etag || (crc32 !== undefined && crc32 !== piece.crc32)) {
      throw new Fault(
        'invalidPart',
        'One or more of the specified parts could not be found, or its tag does not match.',
      );
    }
    if (algorithm === 'CRC32' && crc32 === undefined) {
      throw new Fault('invalidS3Request', `The complete request must include the checksum of part ${number}.`);
    }
    return piece;
  });
  if (pieces.slice(0, -1).some(({ size }) => size < LEAST_BYTES)) {
    throw new Fault('partTooSmall', 'Your proposed upload is smaller than the minimum allowed object size');
  }
  return pieces;
};

const etagOf = (pieces: readonly Piece[]): string => {
  const all = createHash('md5');
  for (const { md5 } of pieces) all.update(Buffer.from(md5, 'hex'));
  return `${all.digest('hex')}-${pieces.length}`;
};
