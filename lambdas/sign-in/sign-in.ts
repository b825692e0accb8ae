import { AppError } from '#contract/errors.ts';
import type { Keys } from '#contract/people.ts';
import { InstanceSettings } from '#contract/settings.ts';
import { type Handler, Reply } from '#core/http/handler.ts';
import type { Attempts, Clock, Credentials, DataKeys, Identity, Log, Store } from '#core/ports.ts';
import { type ClaimSettings, refuseForeignAccount, refuseOtherClaimants, refuseRoot } from '#core/session/account.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { sealSession } from '#core/session/session-token.ts';
import { sessionView } from '#core/session/session-view.ts';
import { firstRole } from './first-role.ts';
import { identifyUser } from './identify-user.ts';

export interface SignInPorts {
  readonly attempts: Attempts;
  readonly identity: Identity;
  readonly dataKeys: DataKeys;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a session lasts before anybody has decided: what the claim offers. */
const MINUTES_BEFORE_THE_CLAIM = InstanceSettings.shape.sessionMinutes.parse(undefined);

/** STS gives the root user's long-term keys an hour at most (STS API reference, GetSessionToken). */
const ROOT_SECONDS = 3_600;

/**
 * Keys come in once: AWS says whose they are, long-term ones are exchanged for temporary ones and forgotten, and only the
 * temporary ones are sealed. Nothing is stored of anybody before the instance is claimed, but that there was an attempt.
 */
export const signIn =
  ({ attempts, identity, dataKeys, store, clock, log }: SignInPorts, settings: ClaimSettings): Handler<'signIn'> =>
  async ({ body }, { address, requestId }) => {
    const issuedAt = clock();
    const keys = readKeys(body);
    const attempt = { address, accessKeyId: keys.accessKeyId };
    await attempts.count(attempt);
    const { user, accountId } = identifyUser(await identity.whoIs(keys));
    refuseRoot(user, settings);
    const instance = await store.instance();
    if (instance) refuseForeignAccount(user.id, instance);
    else refuseOtherClaimants(user, settings);
    const known = instance && (await store.user(user.id));
    if (known?.blockedAt) throw new AppError('USER_BLOCKED');

    const most = (instance?.sessionMinutes ?? MINUTES_BEFORE_THE_CLAIM) * 60;
    const seconds = user.kind === 'root' ? Math.min(most, ROOT_SECONDS) : most;
    // Only the keys as they were typed may call IAM, so it is asked before they are given up.
    const newcomer = instance && !known ? { otherwise: instance.defaultRole, ...(await store.access()) } : undefined;
    const [alias, first] = await Promise.all([
      identity.alias(keys),
      newcomer && firstRole(user.arn, { identity, keys, ...newcomer }),
    ]);
    const { credentials, expiresAt } = await temporary(identity, keys, seconds, issuedAt);
    const account = { id: accountId, ...(alias ? { alias } : {}) };
    const given = first?.role ?? known?.role;
    const role = given && (await store.seen(user, { role: given, alias, address })).role;
    if (first) log.info('first sign-in', { requestId, user: user.id, ...first });
    const { session, token } = await sealSession(dataKeys, { user, account, credentials, issuedAt, expiresAt });
    const cookies = sessionCookies(token, session);
    await attempts.succeeded(attempt);
    return new Reply(sessionView(session, instance, role), cookies);
  };

/** Keys in the SDK's shape. Errors: INPUT_INVALID where the kind of key and the session token do not fit together. */
function readKeys({ accessKeyId, secretAccessKey, sessionToken }: Keys): Credentials {
  const temporaryKey = accessKeyId.startsWith('ASIA');
  if (temporaryKey === (sessionToken !== undefined))
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  const message = temporaryKey
    ? 'is missing: a key that begins with ASIA comes with one'
    : 'does not belong to a key that begins with AKIA: leave it empty';
  throw new AppError('INPUT_INVALID', { details: { fields: [{ path: 'body.sessionToken', message }] } });
}

/** Temporary credentials, and when the session ends: AWS does not say how long keys that are temporary already live. */
async function temporary(
  identity: Identity,
  keys: Credentials,
  seconds: number,
  issuedAt: Date,
): Promise<{ credentials: Required<Credentials>; expiresAt: Date }> {
  const end = new Date(issuedAt.getTime() + seconds * 1_000);
  const { sessionToken } = keys;
  if (sessionToken !== undefined) return { credentials: { ...keys, sessionToken }, expiresAt: end };
  const { credentials, expiresAt } = await identity.exchange(keys, seconds);
  return { credentials, expiresAt: expiresAt < end ? expiresAt : end };
}
