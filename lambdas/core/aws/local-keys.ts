/** Data keys wrapped by a secret of this machine instead of KMS: AES-256-GCM, with the context as additional data. */
import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '#contract/errors.ts';
import type { DataKeys } from '../ports/data-keys.ts';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;
const KEY = 32;

/** `secret` is 32 bytes in base64. Throws where it is not: a server must not start so. */
export function localDataKeys(secret: string): DataKeys {
  const wrapping = Buffer.from(secret, 'base64');
  if (wrapping.length !== KEY) throw new Error(`The session secret must be ${KEY} bytes in base64.`);
  return {
    async generate(context) {
      const key = randomBytes(KEY);
      const iv = randomBytes(IV);
      const cipher = createCipheriv(CIPHER, wrapping, iv).setAAD(canonical(context));
      const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
      return { key, wrapped: Buffer.concat([iv, cipher.getAuthTag(), sealed]) };
    },

    async unwrap(wrapped, context) {
      if (wrapped.length !== IV + TAG + KEY) throw new AppError('SESSION_INVALID');
      const decipher = createDecipheriv(CIPHER, wrapping, wrapped.subarray(0, IV))
        .setAuthTag(wrapped.subarray(IV, IV + TAG))
        .setAAD(canonical(context));
      try {
        return Buffer.concat([decipher.update(wrapped.subarray(IV + TAG)), decipher.final()]);
      } catch (cause) {
        throw new AppError('SESSION_INVALID', { cause });
      }
    },
  };
}

/** One spelling for each context, as KMS has it: the order of its pairs does not count. */
const canonical = (context: Record<string, string>): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
