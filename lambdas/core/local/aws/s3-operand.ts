/** What an operation of S3 is handed, and how it asks whether the caller may. */
import type { ObjectStore } from './s3-store.ts';
import type { Caller, S3Call } from './service.ts';

/** A bucket of the local account. */
export interface Bucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** The ARN of the key that encrypts its objects unless a request names another; left out: S3's own. */
  readonly encryptedBy?: string;
}

/** What an operation is handed. */
export interface S3Operand extends Omit<S3Call, 'bucket'> {
  readonly store: ObjectStore;
  readonly bucket: Bucket;
  readonly caller: Caller;
}

/** As policies name a bucket or an object. */
export const arnOf = ({ name }: Bucket, key?: string): string =>
  `arn:aws:s3:::${name}${key === undefined ? '' : `/${key}`}`;

/** S3 puts the resource into quotes. Faults: denied. */
export const authorize = ({ caller, bucket }: S3Operand, action: string, key?: string): void => {
  const arn = arnOf(bucket, key);
  caller.authorize(action, arn, `"${arn}"`);
};
