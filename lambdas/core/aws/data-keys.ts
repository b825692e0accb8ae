/** Data keys of sessions, made and wrapped by KMS (`kms:GenerateDataKey`, `kms:Decrypt`) under Lodge's own key. */
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { AppError } from '#contract/errors.ts';
import type { DataKeys } from '../ports/data-keys.ts';
import { explainOwnError } from './aws-errors.ts';

/** KMS's names for a wrapped key that is not ours, was altered, or comes with another context (KMS API reference, Decrypt). */
const NOT_OURS = /^(InvalidCiphertext|IncorrectKey|ValidationException|InvalidKeyUsage|NotFound)/;

export const kmsDataKeys = (client: KMSClient, keyId: string): DataKeys => ({
  async generate(context) {
    const command = new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: context });
    const { Plaintext: key, CiphertextBlob: wrapped } = await client.send(command).catch(failed);
    if (!key || !wrapped) throw new AppError('AWS_UNAVAILABLE');
    return { key, wrapped };
  },

  async unwrap(wrapped, context) {
    const command = new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: context });
    const { Plaintext: key } = await client.send(command).catch((error: Error) => {
      if (NOT_OURS.test(error.name)) throw new AppError('SESSION_INVALID', { cause: error });
      return failed(error);
    });
    if (!key) throw new AppError('AWS_UNAVAILABLE');
    return key;
  },
});

const failed = (error: unknown): never => {
  throw explainOwnError(error);
};
