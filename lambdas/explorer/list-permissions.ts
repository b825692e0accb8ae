import { AppError } from '#contract/errors.ts';
import type { PermissionRecord } from '#contract/permissions.ts';
import { SERVICES, Service } from '#contract/resources.ts';
import type { Handler, Session } from '#core/http/handler.ts';
import type { Discovery, Scope } from '#core/ports/discovery.ts';
import { splitUserId } from '#core/session/account.ts';
import { asTheyFinish, type Task } from './as-they-finish.ts';

/**
 * `atOnce`: all services of the region, for each makes one call after the other. `seconds`: what somebody in the middle of
 * a claim waits for the slowest of them, its retries included.
 */
const LIMITS = { atOnce: Service.options.length, seconds: 10 };

/**
 * Tries what discovery needs, in one region and with the user's own keys, and streams what they may, a record for each
 * service as it answers. Every call only lists; what IAM would say of others cannot be asked without a permission more.
 */
export const listPermissions =
  ({ discovery }: { readonly discovery: Asking['discovery'] }, limits = LIMITS): Handler<'permissions'> =>
  async ({ body: { region } }, { session, signal }) => {
    const scope = { ...splitUserId(session.user.id), credentials: session.credentials, signal };
    return stream(session, { discovery, region, scope, limits });
  };

type Permission = Extract<PermissionRecord, { type: 'permission' }>;

interface Asking {
  readonly discovery: Pick<Discovery, 'list' | 'tableTags'>;
  readonly region: string;
  readonly scope: Scope;
  readonly limits: typeof LIMITS;
}

async function* stream(session: Session, asking: Asking): AsyncGenerator<PermissionRecord> {
  const begun = performance.now();
  const left = new AbortController();
  const signal = AbortSignal.any([asking.scope.signal, left.signal]);
  const within = { ...asking, scope: { ...asking.scope, signal } };
  try {
    yield aliasOf(session);
    const tasks = Service.options.map(
      (service): Task<Permission> => ({ groups: [service], run: () => tried(service, within) }),
    );
    yield* asTheyFinish(tasks, { atOnce: asking.limits.atOnce, ofOneGroup: 1, signal });
    yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
  } finally {
    // Whoever leaves in between ends the calls that are under way.
    left.abort();
  }
}

const ALIAS = { type: 'permission', title: 'Account alias', actions: ['iam:ListAccountAliases'] } as const;

/**
 * What sign-in found, when it had the keys as they were typed: those of a session that it exchanged may call nothing of IAM
 * (STS API Reference, GetSessionToken). Without an alias it cannot be told whether there is none, or none to be seen.
 */
function aliasOf({ account: { alias } }: Session): Permission {
  const found = { ...ALIAS, actions: [...ALIAS.actions], missing: [] };
  if (alias) return { ...found, state: 'allowed' };
  return {
    ...found,
    state: 'unknown',
    message:
      'Sign-in found no alias: the account has none, or these keys may not read it. Its number is shown instead.',
  };
}

/** One service as a record: whatever it answers, the others are told too. */
async function tried(service: Service, { discovery, region, scope, limits }: Asking): Promise<Permission> {
  const { title, actions } = SERVICES[service];
  const record = { type: 'permission' as const, title, actions: [...actions] };
  const clock = AbortSignal.timeout(limits.seconds * 1_000);
  let answered = false;
  try {
    const asked: Scope = {
      ...scope,
      signal: AbortSignal.any([scope.signal, clock]),
      answered: () => {
        answered = true;
      },
    };
    const { resources, lacking } = await discovery.list(service, region, asked);
    // Its list asks for no tags of tables; one table tells whether these may be read.
    const table = resources.flatMap(({ tables = [] }) => tables)[0];
    const { unread } = table ? await discovery.tableTags(region, [table], asked) : { unread: [] };
    const missing = [...lacking, ...unread.flatMap(({ action, why }) => (why === 'denied' ? action : []))];
    if (resources.length > 0 || actions.length === 1) return { ...record, state: 'allowed', missing };
    return { ...record, state: 'allowed', missing, message: 'There is nothing here, so only the list was tried.' };
  } catch (error) {
    // A page that came says that the action is allowed, whatever became of the next one.
    if (answered)
      return { ...record, state: 'allowed', missing: [], message: `${title} has more than could be read in time.` };
    if (clock.aborted) {
      const message = `${title} did not answer within ${limits.seconds} seconds.`;
      return { ...record, state: 'unknown', missing: [], message };
    }
    return { ...record, ...refusal(error, service) };
  }
}

function refusal(error: unknown, service: Service): Pick<Permission, 'state' | 'missing' | 'message'> {
  const { title, actions } = SERVICES[service];
  if (!(error instanceof AppError))
    return { state: 'unknown', missing: [], message: `${title} did not answer as it should.` };
  if (error.code !== 'AWS_DENIED') return { state: 'unknown', missing: [], message: error.message };
  return { state: 'denied', missing: [error.details?.action ?? actions[0]] };
}
