/** KMS: data keys, really wrapped, with the encryption context as authenticated data. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { SESSION_KEY_ARN } from '../account/principals.ts';
import { derive, type Seed } from '../account/seed.ts';
import { Fault } from './fault.ts';
import { jsonService, parse } from './json-service.ts';
import type { Caller, JsonService } from './service.ts';

const Context = z.record(z.string(), z.string()).default({});
const GenerateDataKey = z.object({
  KeyId: z.string(),
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  NumberOfBytes: z.number().int().min(1).max(1024).optional(),
  EncryptionContext: Context,
});
const Decrypt = z.object({
  CiphertextBlob: z.base64(),
  KeyId: z.string().optional(),
  EncryptionContext: Context,
});

const BYTES = { AES_256: 32, AES_128: 16 } as const;
const ABOUT = { name: 'kms', target: 'TrentService', contentType: 'application/x-amz-json-1.1' };

export const kms = (seed: Seed): JsonService => {
  const wrapping = derive(seed, 'kms');
  return jsonService(ABOUT, {
    GenerateDataKey(body, caller) {
      const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = parse(GenerateDataKey, body);
      const arn = keyArn(KeyId, caller);
      caller.authorize('kms:GenerateDataKey', arn);
      if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
        throw new Fault('invalid', 'Please specify either number of bytes or key spec.');
      }
      const key = randomBytes(NumberOfBytes ?? BYTES[KeySpec ?? 'AES_256']);
      const wrapped = wrap(wrapping, key, aad(EncryptionContext));
      return { KeyId: arn, Plaintext: key.toString('base64'), CiphertextBlob: wrapped.toString('base64') };
    },
    Decrypt(body, caller) {
      const { KeyId, CiphertextBlob, EncryptionContext } = parse(Decrypt, body);
      const arn = keyArn(KeyId ?? SESSION_KEY_ARN, caller);
      caller.authorize('kms:Decrypt', arn);
      const key = unwrap(wrapping, Buffer.from(CiphertextBlob, 'base64'), aad(EncryptionContext));
      return { KeyId: arn, Plaintext: key.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
  });
};

/** The one key there is, by its ARN or its id, in its own region and account. */
const keyArn = (keyId: string, { key, region }: Caller): string => {
  const isKnown = [SESSION_KEY_ARN, SESSION_KEY_ARN.split('/')[1]].includes(keyId);
  if (isKnown && SESSION_KEY_ARN.startsWith(`arn:aws:kms:${region}:${key.principal.accountId}:`))
    return SESSION_KEY_ARN;
  throw new Fault('noKey', `Key '${keyId}' does not exist`);
};

/** The context in one order, so that only its pairs count. */
const aad = (context: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));

const wrap = (wrapping: Buffer, key: Buffer, context: Buffer): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapping, iv).setAAD(context);
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
};

const unwrap = (wrapping: Buffer, blob: Buffer, context: Buffer): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, blob.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(context).setAuthTag(blob.subarray(-16));
    return Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
  } catch {
    throw new Fault('invalidCiphertext', 'The ciphertext is not valid, or its encryption context is another one.');
  }
};
