/** With which key an object is encrypted: stored and told, and its permissions asked (S3 User Guide, "Using SSE-KMS"). */

import type { S3Operand } from './s3-operand.ts';
import type { About } from './s3-store.ts';

const ALGORITHM = 'x-amz-server-side-encryption';
const KEY = 'x-amz-server-side-encryption-aws-kms-key-id';

/** What a request asks for, or else what the bucket does by itself. */
export const encryptionOf = ({ headers, bucket }: S3Operand): Pick<About, 'encryptedBy'> => {
  const asked = headers.get(ALGORITHM);
  const key = asked === 'AES256' ? undefined : (headers.get(KEY) ?? bucket.encryptedBy);
  return key === undefined ? {} : { encryptedBy: key };
};

/** Faults: denied, where the key is not the caller's to use: writing takes new data keys, and parts are read again. */
export const authorizeKey = ({ caller }: S3Operand, { encryptedBy }: About, ...actions: string[]): void => {
  if (encryptedBy) for (const action of actions) caller.authorize(action, encryptedBy);
};

export const encryptionHeaders = ({ encryptedBy }: About): Record<string, string> =>
  encryptedBy ? { [ALGORITHM]: 'aws:kms', [KEY]: encryptedBy } : { [ALGORITHM]: 'AES256' };
