/** What many routes have in common. */
import * as z from 'zod';

/** The sealed connection token, as `POST /api/connections` gave it. */
export const ConnectionToken = z.string().min(1).max(16_384);

/** How a session may fail. */
export const opened = [
  'SESSION_MISSING',
  'SESSION_INVALID',
  'SESSION_EXPIRED',
  'USER_BLOCKED',
  'ORIGIN_REFUSED',
  'ROLE_REQUIRED',
] as const;

/** How the way to a database may fail. */
export const reached = [
  'CONNECTION_INVALID',
  'CONNECTION_STALE',
  'ADDRESS_REFUSED',
  'LOGIN_FAILED',
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_LOST',
  'CONNECTOR_FAILED',
  'ENGINE_UNSUPPORTED',
  'AWS_DENIED',
] as const;

/** What every route for a user asks first. */
export const known = ['session.open', 'instance.read', 'users.read'] as const;
