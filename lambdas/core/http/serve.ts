/** A route and its handler make an answer: the one place where requests are read, callers checked and errors answered. */
import { AppError } from '#contract/errors.ts';
import { type Audience, allows, ROLES, type Role } from '#contract/roles.ts';
import type { RouteName } from '#contract/routes.ts';
import { heeding } from '../heeding.ts';
import type { Log } from '../ports/log.ts';
import type { Standing } from '../ports/store.ts';
import { refuseForeignPage } from '../session/origin.ts';
import { type Guard, type Handlers, Reply, type Session } from './handler.ts';
import { readInput, refuseLargeBody } from './input.ts';
import type { HttpAnswer, HttpRequest, Serve } from './message.ts';
import { type Match, router } from './router.ts';
import { ndjson } from './stream.ts';
import { Trace } from './trace.ts';
import { type WatchTimes, watch } from './watch.ts';

/** Whoever is let in, with the role they had then, and what was read with it. */
interface Admitted {
  readonly session: Session & { readonly role: Role | undefined };
  readonly standing: Standing | undefined;
}

type AnyHandler = (
  input: unknown,
  context: { [K in keyof Admitted]: Admitted[K] | undefined } & {
    requestId: string;
    address: string;
    signal: AbortSignal;
  },
) => Promise<unknown>;

interface Settings {
  readonly log: Log;
  /** How often a stream looks whether its caller is still let in. */
  readonly watchTimes?: WatchTimes;
}

/** The answers are data for our own pages: nothing may cache, sniff, frame or run them. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const;

/**
 * Serves the routes that have a handler. Every answer carries its request id, every request leaves one log line, and an
 * error that nobody meant is INTERNAL: its name, code and stack are logged, its message is not.
 */
export function serve(handlers: Partial<Handlers>, guard: Guard, { log, watchTimes }: Settings): Serve {
  const door: Door = { guard, watchTimes };
  const find = router(Object.keys(handlers) as RouteName[]);
  return async (request) => {
    const trace = new Trace(request, log);
    try {
      const found = find(request.method, request.path);
      if (!('match' in found)) return refuse(found.allowed, trace);
      trace.route = found.match.name;
      return await answer(found.match, request, handlers[found.match.name] as AnyHandler, door, trace);
    } catch (error) {
      return failed(trace.explain(error), trace);
    }
  };
}

interface Door {
  readonly guard: Guard;
  readonly watchTimes: WatchTimes | undefined;
}

async function answer(
  { route, params }: Match,
  request: HttpRequest,
  handler: AnyHandler,
  { guard, watchTimes }: Door,
  trace: Trace,
): Promise<HttpAnswer> {
  refuseForeignPage(request);
  refuseLargeBody(request);
  const { session, standing } = (await heeding(request.signal, admit(route.audience, request, guard))) ?? {};
  trace.user = session?.user.id;
  const input = readInput(route, request, params);
  const { requestId, address } = request;
  const around = { session, standing, requestId, address };
  if (route.streams) {
    const { signal, end } = watch(() => stillAdmitted(route.audience, session, guard), request.signal, watchTimes);
    trace.signal = signal;
    const source = handler(input, { ...around, signal }) as Promise<AsyncIterable<object>>;
    return streamed(await source.catch(ending(end)), end, trace);
  }
  const { signal } = request;
  const result = await heeding(signal, handler(input, { ...around, signal }));
  const { value, cookies } = result instanceof Reply ? result : new Reply(result, []);
  const status = route.status ?? 200;
  trace.end(status);
  return { ...json(status, value, requestId), cookies };
}

/** Lets the caller in, or throws SESSION_*, USER_BLOCKED, NOT_CLAIMED, ACCOUNT_REFUSED or ROLE_REQUIRED. */
async function admit(audience: Audience, request: HttpRequest, guard: Guard): Promise<Admitted | undefined> {
  if (audience === 'public') return undefined;
  const session = await guard.open(request);
  let standing: Standing | undefined;
  const role = await roleFor(audience, session, guard, (told) => {
    standing = told;
  });
  return { session: { ...session, role }, standing };
}

async function roleFor(
  audience: Audience,
  session: Session,
  guard: Guard,
  told?: (standing: Standing) => void,
): Promise<Role | undefined> {
  if (audience === 'public' || audience === 'claimant') return undefined;
  if (audience === 'user') return guard.role(session, told).catch(unclaimed);
  const role = await guard.role(session, told);
  if (allows(role, audience)) return role;
  throw new AppError('ROLE_REQUIRED', {
    message: `This needs the role ${ROLES[audience].title}; yours is ${ROLES[role].title}.`,
    details: { role: audience },
  });
}

/**
 * For what runs: the caller would be let in now, too, and with a role that may do as much. Whose role was taken down began
 * this with rights that they no longer have, such as a connection that writes, so it ends, whatever it does.
 */
async function stillAdmitted(
  audience: Audience,
  session: Admitted['session'] | undefined,
  guard: Guard,
): Promise<void> {
  if (!session) return;
  const role = await roleFor(audience, session, guard);
  if (!session.role || !role || allows(role, session.role)) return;
  throw new AppError('ROLE_REQUIRED', {
    message: `Your role has become ${ROLES[role].title} while this ran, so it was stopped.`,
    details: { role: session.role },
  });
}

/** Before the claim nobody has a role, and a user may still ask who is signed in. */
const unclaimed = (error: unknown): undefined => {
  if (error instanceof AppError && error.code === 'NOT_CLAIMED') return undefined;
  throw error;
};

const ending =
  (end: () => void) =>
  (error: unknown): never => {
    end();
    throw error;
  };

function streamed(source: AsyncIterable<object>, end: () => void, trace: Trace): HttpAnswer {
  const headers = { ...HEADERS, 'content-type': 'application/x-ndjson', 'x-request-id': trace.requestId };
  return { status: 200, headers, cookies: [], body: ndjson(source, { signal: trace.signal, trace, end }) };
}

function refuse(allowed: readonly string[], trace: Trace): HttpAnswer {
  if (allowed.length === 0) return failed(new AppError('ROUTE_NOT_FOUND'), trace);
  const answer = failed(new AppError('METHOD_NOT_ALLOWED'), trace);
  return { ...answer, headers: { ...answer.headers, allow: allowed.join(', ') } };
}

function failed(error: AppError, trace: Trace): HttpAnswer {
  trace.end(error.status, error);
  const answer = json(error.status, error.body(trace.requestId), trace.requestId);
  const seconds = error.details?.retryAfterSeconds;
  return seconds === undefined ? answer : { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

function json(status: number, value: unknown, requestId: string): HttpAnswer {
  const headers = { ...HEADERS, 'x-request-id': requestId };
  if (status === 204) return { status, headers, cookies: [], body: '' };
  const typed = { ...headers, 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: typed, cookies: [], body: JSON.stringify(value) };
}
