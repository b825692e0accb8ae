import { KMSClient } from '@aws-sdk/client-kms';
import { ENV, type Environment } from '../env.ts';
import type { DataKeys } from '../ports/data-keys.ts';
import { ownConfig } from './clients.ts';
import { kmsDataKeys } from './data-keys.ts';
import { localDataKeys } from './local-keys.ts';

/** KMS where a key is named, else the secret of this machine. Throws where there is neither. */
export function dataKeysOf(environment: Environment): DataKeys {
  const keyId = environment[ENV.sessionKeyId];
  if (keyId) return kmsDataKeys(new KMSClient(ownConfig()), keyId);
  const secret = environment[ENV.sessionSecret];
  if (secret) return localDataKeys(secret);
  throw new Error(`Set ${ENV.sessionKeyId} or ${ENV.sessionSecret}: sessions cannot be sealed without.`);
}
