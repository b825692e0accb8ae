/** Every code that a route may answer with: its own, and those that `serve()` adds to all of its kind. */
import type { ErrorCode } from './errors.ts';
import type { Audience } from './roles.ts';
import type { Route } from './route.ts';

const OPENING: readonly ErrorCode[] = ['SESSION_MISSING', 'SESSION_INVALID', 'SESSION_EXPIRED'];
const KNOWING: readonly ErrorCode[] = [...OPENING, 'ACCOUNT_REFUSED', 'USER_BLOCKED'];
const RANKING: readonly ErrorCode[] = [...KNOWING, 'NOT_CLAIMED', 'ROLE_REQUIRED'];

/** What may be wrong with a caller. Reading sessions and roles may find KMS or the table out of reach. */
const ADMITTING: Readonly<Record<Audience, readonly ErrorCode[]>> = {
  public: [],
  claimant: OPENING,
  user: KNOWING,
  reader: RANKING,
  editor: RANKING,
  administrator: RANKING,
};

export function errorsOf(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>([...route.errors, ...ADMITTING[route.audience], 'INTERNAL']);
  if (route.method !== 'GET') codes.add('ORIGIN_REFUSED').add('BODY_TOO_LARGE');
  if (route.body) codes.add('BODY_NOT_JSON');
  if (route.body || route.query || route.params) codes.add('INPUT_INVALID');
  if (route.needs.length > 0) codes.add('AWS_UNAVAILABLE').add('THROTTLED').add('STATEMENT_TIMEOUT');
  return [...codes];
}
