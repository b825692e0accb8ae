/** Who somebody is, asked of STS and IAM with the very keys that were typed. */
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials, Identity } from '../ports.ts';
import { explainAwsError } from './aws-errors.ts';
import { clientConfig } from './clients.ts';
import { given } from './given.ts';

/** The alias only decorates: sign-in waits so long for it and no longer, in milliseconds. */
const ALIAS_MS = 1_500;

export const awsIdentity: Identity = {
  async whoIs(keys) {
    const answer = await new STSClient(clientConfig(keys))
      .send(new GetCallerIdentityCommand())
      .catch(refused('sts:GetCallerIdentity'));
    return { arn: given(answer.Arn), accountId: given(answer.Account), userId: given(answer.UserId) };
  },

  async exchange(keys, seconds) {
    const { Credentials: made } = await new STSClient(clientConfig(keys))
      .send(new GetSessionTokenCommand({ DurationSeconds: seconds }))
      .catch(refused('sts:GetSessionToken'));
    const credentials: Required<Credentials> = {
      accessKeyId: given(made?.AccessKeyId),
      secretAccessKey: given(made?.SecretAccessKey),
      sessionToken: given(made?.SessionToken),
    };
    return { credentials, expiresAt: given(made?.Expiration) };
  },

  async alias(keys) {
    try {
      const client = new IAMClient({ ...clientConfig(keys), maxAttempts: 1 });
      const answer = await client.send(new ListAccountAliasesCommand(), { abortSignal: AbortSignal.timeout(ALIAS_MS) });
      return answer.AccountAliases?.[0];
    } catch {
      // Whatever it was: the account's id is shown instead.
      return undefined;
    }
  },
};

const refused =
  (action: string) =>
  (error: unknown): never => {
    throw explainAwsError(error, { action, keys: 'typed' });
  };
