/** Who somebody is, asked of STS and IAM with the very keys that were typed. */
import {
  GetRoleCommand,
  IAMClient,
  ListAccountAliasesCommand,
  paginateListRoleTags,
  paginateListUserTags,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials, Identity } from '../ports/identity.ts';
import { explainAwsError } from './aws-errors.ts';
import { clientConfig } from './clients.ts';
import { given } from './given.ts';

/** The alias only decorates: sign-in waits so long for it and no longer, in milliseconds. */
const ALIAS_MS = 1_500;

/** What decides about a role is asked twice, but a sign-in waits for it so long at most, in milliseconds. */
const RULES_MS = 3_000;

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

  async rolePath(keys, role) {
    const { client, options } = asking(keys);
    const command = new GetRoleCommand({ RoleName: role });
    const answer = await client.send(command, options).catch(refused('iam:GetRole'));
    return given(answer.Role?.Path);
  },

  async tags(keys, { kind, name }) {
    const { client, options } = asking(keys);
    const { action, pages } = TAGS[kind];
    const tags = new Map<string, string>();
    try {
      for await (const { Tags = [] } of pages(client, name, options))
        for (const { Key, Value } of Tags) tags.set(given(Key), given(Value));
    } catch (error) {
      refused(action)(error);
    }
    return Object.fromEntries(tags);
  },
};

const asking = (keys: Credentials) => ({
  client: new IAMClient({ ...clientConfig(keys), maxAttempts: 2 }),
  options: { abortSignal: AbortSignal.timeout(RULES_MS) },
});

type Options = ReturnType<typeof asking>['options'];

const TAGS = {
  user: {
    action: 'iam:ListUserTags',
    pages: (client: IAMClient, name: string, options: Options) =>
      paginateListUserTags({ client }, { UserName: name }, options),
  },
  role: {
    action: 'iam:ListRoleTags',
    pages: (client: IAMClient, name: string, options: Options) =>
      paginateListRoleTags({ client }, { RoleName: name }, options),
  },
} as const;

const refused =
  (action: string) =>
  (error: unknown): never => {
    throw explainAwsError(error, { action, keys: 'typed' });
  };
