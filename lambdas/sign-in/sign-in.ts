import { AppError } from '#contract/errors.ts';
import type { Keys, SessionView } from '#contract/people.ts';
import { InstanceSettings } from '#contract/settings.ts';
import { deedOf } from '#core/audit/deed.ts';
import { type Note, recorded } from '#core/audit/recorded.ts';
import { type Handler, Reply } from '#core/http/handler.ts';
import type { Attempts } from '#core/ports/attempts.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { DataKeys } from '#core/ports/data-keys.ts';
import type { Credentials, Identity } from '#core/ports/identity.ts';
import type { Log } from '#core/ports/log.ts';
import type { Instance, Store } from '#core/ports/store.ts';
import { type ClaimSettings, refuseForeignAccount, refuseOtherClaimants, refuseRoot } from '#core/session/account.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { sealSession } from '#core/session/session-token.ts';
import { sessionView } from '#core/session/session-view.ts';
import { firstRole, toldOf } from './first-role.ts';
import { identifyUser } from './identify-user.ts';

export interface SignInPorts {
  readonly attempts: Attempts;
  readonly identity: Identity;
  readonly dataKeys: DataKeys;
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a session lasts before anybody has decided: what the claim offers. */
const MINUTES_BEFORE_THE_CLAIM = InstanceSettings.shape.sessionMinutes.parse(undefined);

/** STS gives the root user's long-term keys an hour at most (STS API reference, GetSessionToken). */
const ROOT_SECONDS = 3_600;

/**
 * Keys come in once: AWS says whose they are, long-term ones are exchanged for temporary ones and forgotten, and only the
 * temporary ones are sealed. Nothing is stored of anybody before the instance is claimed, but that there was an attempt, and its
 * record, which each leaves, refused ones too. Of the key it has the last four characters.
 */
export const signIn =
  (ports: SignInPorts, settings: ClaimSettings): Handler<'signIn'> =>
  async ({ body }, context) => {
    const deed = { ...deedOf('sign-in', context), subject: `key …${body.accessKeyId.slice(-4)}` };
    const instance = await ports.store.instance();
    return recorded({ ...ports, instance, signal: context.signal }, deed, (note) =>
      enter(ports, settings, { keys: body, instance, context, note }),
    );
  };

interface Attempt {
  readonly keys: Keys;
  readonly instance: Instance | undefined;
  readonly context: { readonly address: string; readonly requestId: string };
  readonly note: Note;
}

async function enter(ports: SignInPorts, settings: ClaimSettings, given: Attempt): Promise<Reply<SessionView>> {
  const keys = readKeys(given.keys);
  const attempt = { address: given.context.address, accessKeyId: keys.accessKeyId };
  await ports.attempts.count(attempt);
  try {
    const reply = await prove(ports, settings, { ...given, keys });
    await ports.attempts.succeeded(attempt);
    return reply;
  } catch (error) {
    if (saysNothingOfKeys(error)) await ports.attempts.undecided(attempt);
    throw error;
  }
}

/** AWS, or Lodge itself, failed: the attempt is nobody's fault, and an outage must not shut an office out. */
const saysNothingOfKeys = (error: unknown): boolean =>
  !(error instanceof AppError) || error.status >= 500 || error.code === 'THROTTLED';

async function prove(
  { identity, dataKeys, store, clock, log }: SignInPorts,
  settings: ClaimSettings,
  { keys, instance, context: { address, requestId }, note }: Omit<Attempt, 'keys'> & { readonly keys: Credentials },
): Promise<Reply<SessionView>> {
  const issuedAt = clock();
  const { user, accountId } = identifyUser(await identity.whoIs(keys));
  note({ user });
  refuseRoot(user, settings);
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
  if (first) note({ change: toldOf(first) });
  const { session, token } = await sealSession(dataKeys, { user, account, credentials, issuedAt, expiresAt });
  note({ session: session.id, ...(role && { role }) });
  return new Reply(sessionView(session, instance, role), sessionCookies(token, session));
}

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
