/** What several operations of STS say. */
import type { Issued } from '../account/registry.ts';
import { Fault } from './fault.ts';
import type { XmlElement } from './xml.ts';

export const credentialsElement = (issued: Issued): XmlElement => ({
  AccessKeyId: issued.accessKeyId,
  SecretAccessKey: issued.secretAccessKey,
  SessionToken: issued.sessionToken,
  Expiration: issued.expiresAt.toISOString().replace('.000Z', 'Z'),
});

export const invalidParameter = (name: string, value: string, constraint: string): Fault =>
  new Fault(
    'invalid',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: ${constraint}`,
  );
