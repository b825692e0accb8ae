/** Secrets Manager: GetSecretValue and DescribeSecret. Source: Secrets Manager API reference. */
import * as z from 'zod';
import type { Secret, SecretVersion } from '../account/holdings.ts';
import { allows } from '../account/policy.ts';
import { Fault } from './fault.ts';
import { jsonService, parse } from './json-service.ts';
import type { Caller, JsonService } from './service.ts';

const GetSecretValue = z.object({
  SecretId: z.string().min(1).max(2_048),
  VersionId: z.string().min(32).max(64).optional(),
  VersionStage: z.string().min(1).max(256).optional(),
});

const DescribeSecret = GetSecretValue.pick({ SecretId: true });

const ABOUT = { name: 'secretsmanager', target: 'secretsmanager', contentType: 'application/x-amz-json-1.1' };
/** Of every version; nothing here is rotated. */
const CREATED = Date.UTC(2026, 0, 5, 8, 30) / 1_000;

export const secretsManager = (secrets: readonly Secret[]): JsonService =>
  jsonService(ABOUT, {
    GetSecretValue(body, caller) {
      const wanted = parse(GetSecretValue, body);
      const secret = found(secrets, wanted.SecretId, 'GetSecretValue', caller);
      const version = versionOf(secret, wanted);
      decrypt(secret, caller);
      const { arn: ARN, name: Name } = secret;
      return {
        ARN,
        Name,
        VersionId: version.id,
        VersionStages: version.stages,
        CreatedDate: CREATED,
        ...contentOf(version),
      };
    },
    DescribeSecret(body, caller) {
      const { SecretId } = parse(DescribeSecret, body);
      const { arn: ARN, name: Name, kmsKeyArn: KmsKeyId, tags } = found(secrets, SecretId, 'DescribeSecret', caller);
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return { ARN, Name, CreatedDate: CREATED, Tags, ...(KmsKeyId && { KmsKeyId }) };
    },
  });

const found = (secrets: readonly Secret[], wanted: string, operation: string, caller: Caller): Secret => {
  const secret = secrets.find((each) => isHere(each, caller) && isNamed(each, wanted));
  caller.authorize(`secretsmanager:${operation}`, secret?.arn ?? arnOf(wanted, caller));
  if (!secret) throw new Fault('noResource', "Secrets Manager can't find the specified secret.");
  return secret;
};

const isHere = ({ region, accountId }: Secret, caller: Caller): boolean =>
  region === caller.region && accountId === caller.key.principal.accountId;

/** By its name, its ARN, or its ARN without the six characters that AWS adds. */
const isNamed = ({ arn, name }: Secret, wanted: string): boolean =>
  [name, arn, arn.replace(/-[A-Za-z0-9]{6}$/, '')].includes(wanted);

const arnOf = (wanted: string, { region, key }: Caller): string =>
  wanted.startsWith('arn:') ? wanted : `arn:aws:secretsmanager:${region}:${key.principal.accountId}:secret:${wanted}`;

const versionOf = (
  { versions }: Secret,
  { VersionId, VersionStage }: z.output<typeof GetSecretValue>,
): SecretVersion => {
  const stage = VersionStage ?? (VersionId === undefined ? 'AWSCURRENT' : undefined);
  const byId = versions.find(({ id }) => id === VersionId);
  const byStage = versions.find(({ stages }) => stage !== undefined && stages.includes(stage));
  const missing = (what: string) =>
    new Fault('noResource', `Secrets Manager can't find the specified secret value for ${what}`);
  if (VersionId !== undefined && !byId) throw missing(`VersionId: ${VersionId}`);
  if (stage !== undefined && !byStage) throw missing(`staging label: ${stage}`);
  if (byId && byStage && byId !== byStage)
    throw new Fault('invalidRequest', 'You provided a VersionStage that is not associated to the provided VersionId.');
  return (byId ?? byStage) as SecretVersion;
};

/**
 * With AWS's own key whoever may read the secret may decrypt it; with another one that is a permission of its own, which
 * Secrets Manager asks for with the ARN of the secret (User Guide, "Secret encryption and decryption").
 */
const decrypt = ({ arn, kmsKeyArn }: Secret, { key, region }: Caller): void => {
  const context = {
    'aws:RequestedRegion': region,
    'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
    'kms:EncryptionContext:SecretARN': arn,
  };
  if (kmsKeyArn && !allows(key.principal.allows, 'kms:Decrypt', kmsKeyArn, context))
    throw new Fault('denied', 'Access to KMS is not allowed');
};

const contentOf = ({ value }: SecretVersion): object =>
  typeof value === 'string' ? { SecretString: value } : { SecretBinary: Buffer.from(value).toString('base64') };
