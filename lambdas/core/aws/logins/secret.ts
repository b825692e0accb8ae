/** A login that Secrets Manager keeps, read with the user's own keys each time that it is used. */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { AppError } from '#contract/errors.ts';
import type { Login } from '../../engines/engine.ts';
import { explainAwsError } from '../aws-errors.ts';
import { clientConfig } from '../clients.ts';
import { explainAbsence } from '../discovery/absent-regions.ts';
import type { MakeLogin } from './logins.ts';

/**
 * As RDS, Redshift and DocumentDB write their secrets (Secrets Manager User Guide, "JSON structure of AWS Secrets Manager
 * secrets"), or with `user`. A host and a port in it are not looked at: where a database is says discovery.
 */
const Content = z.union([
  z.object({ username: z.string().min(1), password: z.string().min(1) }),
  z.object({ user: z.string().min(1), password: z.string().min(1) }),
]);

export const secret: MakeLogin = async ({ login: { secretArn = '' } }, credentials, signal) => {
  const [, partition = 'aws', , region = '', account = ''] = secretArn.split(':');
  const client = new SecretsManagerClient(clientConfig(credentials, region));
  const answer = await client
    .send(new GetSecretValueCommand({ SecretId: secretArn }), { abortSignal: signal })
    .catch(async (error: unknown) => {
      if (!isAboutKey(error)) throw refused(error, secretArn);
      const anyKey = `arn:${partition}:kms:${region}:${account}:key/*`;
      throw undecryptable((await keyOf(client, secretArn, signal)) ?? anyKey, secretArn, error);
    });
  return loginIn(answer, secretArn);
};

/** Neither the content nor what a parser says of it may stand in an error: both hold the password. */
const loginIn = ({ SecretString, SecretBinary }: GetSecretValueCommandOutput, secretArn: string): Login => {
  const { data } = Content.safeParse(parsed(SecretString));
  if (data) return { user: 'username' in data ? data.username : data.user, password: data.password };
  const what = SecretBinary ? 'bytes' : 'no user and password that Lodge can read';
  const message = `The secret ${nameOf(secretArn)} holds ${what}: it must be JSON with “username” and “password”.`;
  throw unusable(message, secretArn);
};

const parsed = (text = ''): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Secrets Manager says the same name for a missing permission of its own and for one of KMS. */
const isAboutKey = (error: unknown): boolean => /access to kms/i.test(String(Object(error).message));

const SENTENCES: Readonly<Record<string, (name: string) => string>> = {
  ResourceNotFoundException: (name) => `There is no secret ${name}, or nothing is in it.`,
  InvalidRequestException: (name) => `The secret ${name} cannot be read: it is about to be deleted.`,
  DecryptionFailure: (name) => `The secret ${name} cannot be decrypted: its key may be disabled or deleted.`,
};

const refused = (error: unknown, secretArn: string): AppError => {
  const sentence = SENTENCES[String(Object(error).name)]?.(nameOf(secretArn));
  if (sentence) return unusable(sentence, secretArn, error);
  // AWS then says that it does not know the keys, which would send whoever typed the ARN back to the sign-in.
  if (explainAbsence(secretArn.split(':')[3] ?? '', error))
    return unusable(`There is no secret ${nameOf(secretArn)}: its region is not enabled.`, secretArn, error);
  return explainAwsError(error, { action: 'secretsmanager:GetSecretValue', resource: secretArn });
};

const unusable = (message: string, resource: string, cause?: unknown): AppError =>
  new AppError('LOGIN_FAILED', { message, details: { resource, step: 'credentials' }, cause });

const undecryptable = (resource: string, secretArn: string, cause: unknown): AppError =>
  new AppError('AWS_DENIED', {
    message: `Your keys may read the secret ${nameOf(secretArn)}, but not decrypt it.`,
    details: {
      action: 'kms:Decrypt',
      resource,
      step: 'credentials',
      hint: 'Allow it in a policy of yours or in the policy of the key, which the page of the secret names.',
    },
    cause,
  });

/** The key's ARN, where the user may ask for it. */
const keyOf = async (
  client: SecretsManagerClient,
  SecretId: string,
  signal: AbortSignal,
): Promise<string | undefined> =>
  client.send(new DescribeSecretCommand({ SecretId }), { abortSignal: signal }).then(
    ({ KmsKeyId }) => KmsKeyId,
    () => undefined,
  );

/** Without the six characters that AWS adds. */
const nameOf = (secretArn: string): string =>
  secretArn
    .split(':secret:')
    .at(-1)
    ?.replace(/-[A-Za-z0-9]{6}$/, '') ?? '';
