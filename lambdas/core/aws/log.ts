import { Logger } from '@aws-lambda-powertools/logger';
import type { AuditEntry } from '#contract/audit.ts';
import type { Log, LogFields } from '../ports/log.ts';
import { shortened } from './audit/shortened.ts';

/** The fields that may be logged. Everything else is left out, whatever a caller hands in. */
const FIELDS = [
  'requestId',
  'route',
  'status',
  'code',
  'elapsedMs',
  'user',
  'role',
  'rule',
  'automation',
  'execution',
  'lacking',
  'unanswered',
] as const satisfies (keyof LogFields)[];

/** The same for a record of what was done, whose statement has been redacted where the settings say so. */
const AUDIT_FIELDS = [
  'id',
  'at',
  'kind',
  'outcome',
  'code',
  'requestId',
  'user',
  'session',
  'address',
  'role',
  'resource',
  'database',
  'databaseUser',
  'login',
  'assumed',
  'script',
  'automation',
  'execution',
  'statement',
  'statementLength',
  'redacted',
  'commands',
  'rows',
  'affected',
  'bytes',
  'consumed',
  'change',
  'subject',
  'elapsedMs',
] as const satisfies (keyof AuditEntry)[];

/** JSON lines by Powertools, so that they look as every other function's of an account do. */
export function powertoolsLog(): Log {
  const logger = new Logger({ serviceName: 'lodge' });
  return {
    info: (message, fields = {}) => logger.info(message, { lodge: loggable(fields) }),
    error: (message, fields = {}) => logger.error(message, { lodge: loggable(fields) }),
  };
}

/** What may be logged of these fields. */
export function loggable(fields: LogFields): Record<string, unknown> {
  const line = only(FIELDS, fields);
  const cause = describeCause(fields.cause);
  const audit = fields.audit && only(AUDIT_FIELDS, shortened(fields.audit));
  return { ...line, ...(audit && { audit }), ...(cause && { cause }) };
}

function only<T extends object>(names: readonly (keyof T & string)[], fields: T): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of names) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept;
}

/**
 * An error's name, code and stack frames, and those of its causes. Never its message: it may quote a statement, a key or a
 * signed request.
 */
function describeCause(error: unknown, depth = 0): Record<string, unknown> | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  const cause = depth < 3 ? describeCause(error.cause, depth + 1) : undefined;
  return {
    name: error.name,
    ...(typeof code === 'string' && /^\w{1,60}$/.test(code) ? { code } : {}),
    stack: framesOf(error),
    ...(cause ? { cause } : {}),
  };
}

/** The frames of a stack. It begins with the message, whose lines may look like frames: that much is cut off first. */
function framesOf({ stack = '', message }: Error): string[] {
  const from = stack.indexOf(message);
  const below = from === -1 ? stack : stack.slice(from + message.length);
  return below.split('\n').filter((line) => /^\s+at .*(:\d+:\d+|<anonymous>)\)?$/.test(line));
}
