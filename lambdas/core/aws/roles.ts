/** The session's own keys, or those of a role that they may take on. */
import { AssumeRoleCommand, type AssumeRoleCommandOutput, STSClient } from '@aws-sdk/client-sts';
import { AppError } from '#contract/errors.ts';
import type { Assume } from '#contract/resources.ts';
import { trustPolicy } from '#contract/trust-policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyHolder, Roles } from '../ports/logins.ts';
import type { RoleKeys } from '../ports/runs.ts';
import { explainAwsError } from './aws-errors.ts';
import { clientConfig } from './clients.ts';
import { given } from './given.ts';

/** The longest that a request lasts (Lambda ends it then): the keys that it was handed must outlive it. */
const REQUEST_MS = 15 * 60_000;
/** Bounds of what is asked for, in seconds: STS gives no less than the one, and more than the other serves nobody. */
const LIFE = { least: 900, most: 1_800 } as const;

interface Held {
  readonly keys: Promise<RoleKeys>;
  until: number;
}

/**
 * Role sessions are kept in memory, one for each session, role and external id: calls under way are shared, failures are
 * not kept, and nothing outlives the session that it was made for.
 */
export function createRoles(clock: Clock): Roles {
  const held = new Map<string, Held>();
  const keysOf = async (session: KeyHolder, assume: Assume): Promise<RoleKeys> => {
    const now = clock().getTime();
    for (const [key, { until }] of held) if (until <= now) held.delete(key);
    const key = JSON.stringify([session.id, assume.roleArn, assume.externalId]);
    const known = held.get(key);
    if (known) return known.keys;
    const sessionEnd = session.expiresAt.getTime();
    const seconds = Math.min(LIFE.most, Math.max(LIFE.least, Math.ceil((sessionEnd - now) / 1_000)));
    const entry: Held = { keys: takeOn(session, assume, seconds), until: sessionEnd };
    held.set(key, entry);
    try {
      const keys = await entry.keys;
      const expires = keys.expiresAt.getTime();
      if (expires < sessionEnd) entry.until = expires - REQUEST_MS;
      return keys;
    } catch (error) {
      held.delete(key);
      throw error;
    }
  };
  return {
    async credentials(session, assume, signal) {
      if (!assume) return session.credentials;
      return (await unlessAborted(keysOf(session, assume), signal)).credentials;
    },
  };
}

/** Whoever gives up waits no longer; the call goes on for the others. */
async function unlessAborted<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([call, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export const assumedRoles: Roles = createRoles(() => new Date());

async function takeOn(session: KeyHolder, { roleArn, externalId }: Assume, seconds: number): Promise<RoleKeys> {
  const input = {
    RoleArn: roleArn,
    RoleSessionName: sessionName(session.user.name),
    DurationSeconds: seconds,
    ...(externalId && { ExternalId: externalId }),
  };
  // Without a signal: whoever gave up first would take the keys from the others who wait.
  const answer = await new STSClient(clientConfig(session.credentials))
    .send(new AssumeRoleCommand(input))
    .catch((error: unknown) => {
      throw explained(error, session.user.arn, { roleArn, externalId });
    });
  return roleKeysOf(answer);
}

/** What STS has given. Errors: AWS_UNAVAILABLE. */
export const roleKeysOf = ({ Credentials: made }: AssumeRoleCommandOutput): RoleKeys => ({
  credentials: {
    accessKeyId: given(made?.AccessKeyId),
    secretAccessKey: given(made?.SecretAccessKey),
    sessionToken: given(made?.SessionToken),
  },
  expiresAt: given(made?.Expiration),
});

/**
 * Who it is, for the other account's CloudTrail, and nothing beside: an administrator may demand that a session is named
 * after its user. Of 2 to 64 of these characters (STS API reference, AssumeRole).
 */
export const sessionName = (userName: string): string =>
  userName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w+=,.@-]+/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');

/** To AWS, a policy that is missing, a role that trusts somebody else and a wrong external id are all the same. */
function explained(error: unknown, caller: string, { roleArn, externalId }: Assume): AppError {
  const known = explainAwsError(error, { action: 'sts:AssumeRole', resource: roleArn });
  if (known.code !== 'AWS_DENIED') return known;
  return new AppError('AWS_DENIED', {
    message: `AWS does not let you take on the role ${roleArn.split('/').at(-1)}.`,
    details: {
      action: 'sts:AssumeRole',
      resource: roleArn,
      hint:
        'AWS does not say which it is: your own policy must allow this action on the role, the external id must be the ' +
        `one that the role demands, and the role must trust you. Its trust policy: ${trustPolicy(caller, externalId)}`,
    },
    cause: error,
  });
}
