/** A route and its handler make an answer: the one place where requests are read, callers checked and errors answered. */
import { AppError } from '#contract/errors.ts';
import { type Audience, allows, ROLES, type Role } from '#contract/roles.ts';
import type { RouteName } from '#contract/routes.ts';
import type { Log } from '../ports.ts';
import { refuseForeignPage } from '../session/origin.ts';
import { type Guard, type Handlers, Reply, type Session } from './handler.ts';
import { readInput, refuseLargeBody } from './input.ts';
import type { HttpAnswer, HttpRequest, Serve } from './message.ts';
import { type Match, router } from './router.ts';
import { ndjson } from './stream.ts';
import { Trace } from './trace.ts';

type AnyHandler = (
  input: unknown,
  context: { session: Session | undefined; requestId: string; address: string; signal: AbortSignal },
) => Promise<unknown>;

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
export function serve(handlers: Partial<Handlers>, guard: Guard, { log }: { readonly log: Log }): Serve {
  const find = router(Object.keys(handlers) as RouteName[]);
  return async (request) => {
    const trace = new Trace(request, log);
    try {
      const found = find(request.method, request.path);
      if (!('match' in found)) return refuse(found.allowed, trace);
      trace.route = found.match.name;
      return await answer(found.match, request, handlers[found.match.name] as AnyHandler, guard, trace);
    } catch (error) {
      return failed(trace.explain(error), trace);
    }
  };
}

async function answer(
  { route, params }: Match,
  request: HttpRequest,
  handler: AnyHandler,
  guard: Guard,
  trace: Trace,
): Promise<HttpAnswer> {
  refuseForeignPage(request);
  refuseLargeBody(request);
  const session = await admit(route.audience, request, guard);
  trace.user = session?.user.id;
  const input = readInput(route, request, params);
  const { requestId, address, signal } = request;
  const result = await handler(input, { session, requestId, address, signal });
  if (route.streams) return streamed(result as AsyncIterable<object>, signal, trace);
  const { value, cookies } = result instanceof Reply ? result : new Reply(result, []);
  const status = route.status ?? 200;
  trace.end(status);
  return { ...json(status, value, requestId), cookies };
}

/** Lets the caller in, or throws SESSION_*, ORIGIN_REFUSED, NOT_CLAIMED, ACCOUNT_REFUSED or ROLE_REQUIRED. */
async function admit(audience: Audience, request: HttpRequest, guard: Guard): Promise<Session | undefined> {
  if (audience === 'public') return undefined;
  const session = await guard.open(request);
  if (audience === 'claimant') return session;
  if (audience === 'user') return withRole(session, await guard.role(session).catch(unclaimed));
  const role = await guard.role(session);
  if (!allows(role, audience))
    throw new AppError('ROLE_REQUIRED', {
      message: `This needs the role ${ROLES[audience].title}; yours is ${ROLES[role].title}.`,
      details: { role: audience },
    });
  return withRole(session, role);
}

const withRole = (session: Session, role: Role | undefined) => ({ ...session, role });

/** Before the claim nobody has a role, and a user may still ask who is signed in. */
const unclaimed = (error: unknown): undefined => {
  if (error instanceof AppError && error.code === 'NOT_CLAIMED') return undefined;
  throw error;
};

function streamed(source: AsyncIterable<object>, signal: AbortSignal, trace: Trace): HttpAnswer {
  const headers = { ...HEADERS, 'content-type': 'application/x-ndjson', 'x-request-id': trace.requestId };
  return { status: 200, headers, cookies: [], body: ndjson(source, { signal, trace }) };
}

function refuse(allowed: readonly string[], trace: Trace): HttpAnswer {
  if (allowed.length === 0) return failed(new AppError('ROUTE_NOT_FOUND'), trace);
  const answer = failed(new AppError('METHOD_NOT_ALLOWED'), trace);
  return { ...answer, headers: { ...answer.headers, allow: allowed.join(', ') } };
}

function failed(error: AppError, trace: Trace): HttpAnswer {
  trace.end(error.status, error);
  return json(error.status, error.body(trace.requestId), trace.requestId);
}

function json(status: number, value: unknown, requestId: string): HttpAnswer {
  const headers = { ...HEADERS, 'x-request-id': requestId };
  if (status === 204) return { status, headers, cookies: [], body: '' };
  const typed = { ...headers, 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: typed, cookies: [], body: JSON.stringify(value) };
}
