/**
 * S3, as far as results need it: objects and multipart uploads in buckets that are there, none of which is public. What is
 * not here is refused as not implemented, and not left out in silence. Source: S3 API reference, a page each operation.
 */
import { Fault } from './fault.ts';
import { listObjects, listParts, listUploads } from './s3-lists.ts';
import { deleteObject, getObject, headObject, putObject } from './s3-objects.ts';
import type { Bucket, S3Operand } from './s3-operand.ts';
import type { ObjectStore } from './s3-store.ts';
import { abortUpload, completeUpload, createUpload, uploadPart } from './s3-uploads.ts';
import type { RawAnswer, S3Call, S3Service } from './service.ts';

interface S3Operation {
  readonly method: string;
  readonly on: 'bucket' | 'object';
  /** The names in the query that make it this operation, */
  readonly asks: readonly string[];
  /** and those that it may have besides. */
  readonly takes?: readonly string[];
  run(operand: S3Operand): RawAnswer | Promise<RawAnswer>;
}

/** The first that fits: those that ask for more stand before those that ask for less. */
const OPERATIONS: readonly S3Operation[] = [
  { method: 'PUT', on: 'object', asks: ['partNumber', 'uploadId'], run: uploadPart },
  { method: 'POST', on: 'object', asks: ['uploads'], run: createUpload },
  { method: 'POST', on: 'object', asks: ['uploadId'], run: completeUpload },
  { method: 'DELETE', on: 'object', asks: ['uploadId'], run: abortUpload },
  { method: 'PUT', on: 'object', asks: [], run: putObject },
  { method: 'GET', on: 'object', asks: ['uploadId'], takes: ['max-parts', 'part-number-marker'], run: listParts },
  { method: 'GET', on: 'object', asks: [], run: getObject },
  { method: 'HEAD', on: 'object', asks: [], run: headObject },
  { method: 'DELETE', on: 'object', asks: [], run: deleteObject },
  {
    method: 'GET',
    on: 'bucket',
    asks: ['list-type'],
    takes: ['prefix', 'max-keys', 'continuation-token', 'start-after'],
    run: listObjects,
  },
  {
    method: 'GET',
    on: 'bucket',
    asks: ['uploads'],
    takes: ['prefix', 'max-uploads', 'key-marker', 'upload-id-marker'],
    run: listUploads,
  },
];

/** Of the signature, of the SDK, and what a reader wants to be told instead of what is stored. */
const OF_ANY =
  /^(x-amz-(algorithm|content-sha256|credential|date|expires|security-token|signature|signedheaders|checksum-mode)|x-id|response-[a-z-]+)$/i;

export const s3 = (store: ObjectStore, buckets: readonly Bucket[]): S3Service => ({
  protocol: 's3',
  name: 's3',
  has: (name) => buckets.some((bucket) => bucket.name === name),
  async answer(call, caller) {
    const bucket = buckets.find(({ name }) => name === call.bucket);
    if (!bucket) throw new Fault('noBucket', 'The specified bucket does not exist');
    if (bucket.region !== caller.region) {
      throw new Fault('incomplete', `The region '${caller.region}' is wrong; expecting '${bucket.region}'`);
    }
    // No bucket here has a policy that would let in another account.
    if (bucket.accountId !== caller.key.principal.accountId) throw new Fault('denied', 'Access Denied');
    return operationOf(call).run({ ...call, bucket, caller, store });
  },
});

const operationOf = ({ method, key, query }: S3Call): S3Operation => {
  const names = [...query.keys()];
  const on = key === '' ? 'bucket' : 'object';
  const operation = OPERATIONS.find(
    (each) => each.method === method && each.on === on && each.asks.every((name) => query.has(name)),
  );
  const known = [...(operation?.asks ?? []), ...(operation?.takes ?? [])];
  if (operation && names.every((name) => known.includes(name) || OF_ANY.test(name))) return operation;
  throw new Fault('unknownOperation', 'A parameter you provided implies functionality that is not implemented');
};
