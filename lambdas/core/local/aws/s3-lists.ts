/**
 * What a bucket holds, page by page: objects, uploads that are not complete, and the parts of one (S3 API reference,
 * ListObjectsV2, ListMultipartUploads and ListParts). A page goes on after what the last one ended with, whatever was
 * written or removed meanwhile.
 */
import { Fault } from './fault.ts';
import { quoted } from './s3-objects.ts';
import { authorize, type S3Operand } from './s3-operand.ts';
import type { Upload } from './s3-store.ts';
import { uploadOf } from './s3-uploads.ts';
import type { RawAnswer } from './service.ts';
import { s3Xml } from './speak-s3.ts';

/** More than that may be asked for, and is not given. */
const MOST = 1_000;

export const listObjects = (operand: S3Operand): RawAnswer => {
  const { store, bucket, query } = operand;
  authorize(operand, 's3:ListBucket');
  if (query.get('list-type') !== '2') throw new Fault('unknownOperation', 'Only version 2 of the list is implemented.');
  const prefix = query.get('prefix') ?? '';
  const token = query.get('continuation-token');
  const after = token === undefined ? (query.get('start-after') ?? '') : keyIn(token);
  const most = sizeIn(query, 'max-keys', 0);
  const left = store.list(bucket.name).filter(({ key }) => key.startsWith(prefix) && compare(key, after) > 0);
  const shown = left.slice(0, most);
  const last = shown.length < left.length ? shown.at(-1) : undefined;
  return s3Xml('ListBucketResult', {
    Name: bucket.name,
    Prefix: prefix,
    StartAfter: query.get('start-after'),
    MaxKeys: most,
    KeyCount: shown.length,
    IsTruncated: last !== undefined,
    ContinuationToken: token,
    NextContinuationToken: last && Buffer.from(`after:${last.key}`).toString('base64url'),
    Contents: shown.map((object) => ({
      Key: object.key,
      LastModified: object.modified,
      ETag: quoted(object),
      Size: object.size,
      StorageClass: 'STANDARD',
    })),
  });
};

/** Faults: invalid. */
const keyIn = (token: string): string => {
  const key = /^after:(.*)$/s.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (key === undefined) throw new Fault('invalid', 'The continuation token provided is incorrect');
  return key;
};

/** Sorted by key, and those of one key as they were begun. A marker of an id counts together with that of its key only. */
export const listUploads = (operand: S3Operand): RawAnswer => {
  const { store, bucket, query } = operand;
  authorize(operand, 's3:ListBucketMultipartUploads');
  const prefix = query.get('prefix') ?? '';
  const key = query.get('key-marker') ?? '';
  const id = key === '' ? '' : (query.get('upload-id-marker') ?? '');
  const most = sizeIn(query, 'max-uploads', 1);
  const isAfter = (upload: Upload) => {
    const order = compare(upload.key, key);
    return order > 0 || (order === 0 && id !== '' && compare(upload.id, id) > 0);
  };
  const left = [...store.uploads.values()]
    .filter((upload) => upload.bucket === bucket.name && upload.key.startsWith(prefix) && isAfter(upload))
    .sort((a, b) => compare(a.key, b.key) || compare(a.id, b.id));
  const shown = left.slice(0, most);
  const last = shown.length < left.length ? shown.at(-1) : undefined;
  return s3Xml('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    KeyMarker: key,
    UploadIdMarker: id,
    Prefix: prefix,
    MaxUploads: most,
    IsTruncated: last !== undefined,
    NextKeyMarker: last?.key,
    NextUploadIdMarker: last?.id,
    Upload: shown.map((upload) => ({
      Key: upload.key,
      UploadId: upload.id,
      StorageClass: 'STANDARD',
      Initiated: upload.started,
      ChecksumAlgorithm: upload.algorithm,
    })),
  });
};

export const listParts = (operand: S3Operand): RawAnswer => {
  const { bucket, key, query } = operand;
  authorize(operand, 's3:ListMultipartUploadParts', key);
  const upload = uploadOf(operand);
  const most = sizeIn(query, 'max-parts', 0);
  const after = numberIn(query, 'part-number-marker') ?? 0;
  const left = [...upload.parts].filter(([number]) => number > after).sort(([a], [b]) => a - b);
  const shown = left.slice(0, most);
  const isTruncated = shown.length < left.length;
  return s3Xml('ListPartsResult', {
    Bucket: bucket.name,
    Key: key,
    UploadId: upload.id,
    StorageClass: 'STANDARD',
    PartNumberMarker: after,
    NextPartNumberMarker: isTruncated ? (shown.at(-1)?.[0] ?? after) : undefined,
    MaxParts: most,
    IsTruncated: isTruncated,
    ChecksumAlgorithm: upload.algorithm,
    Part: shown.map(([number, { arrived, md5, size, crc32 }]) => ({
      PartNumber: number,
      LastModified: arrived,
      ETag: `"${md5}"`,
      Size: size,
      ChecksumCRC32: crc32,
    })),
  });
};

const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

type Query = S3Operand['query'];

/** Faults: invalid. */
const numberIn = (query: Query, name: string): number | undefined => {
  const given = query.get(name);
  if (given === undefined) return undefined;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new Fault('invalid', `Provided ${name} not an integer or within integer range`);
};

const sizeIn = (query: Query, name: string, least: number): number => {
  const size = numberIn(query, name) ?? MOST;
  if (size >= least) return Math.min(size, MOST);
  throw new Fault('invalid', `Argument ${name} must be an integer between ${least} and ${MOST}`);
};
