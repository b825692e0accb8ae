import { Logger } from '@aws-lambda-powertools/logger';
import type { Log, LogFields } from '../ports.ts';

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
  'lacking',
  'unanswered',
] as const satisfies (keyof LogFields)[];

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
  const line: Record<string, unknown> = {};
  for (const name of FIELDS) if (fields[name] !== undefined) line[name] = fields[name];
  const cause = describeCause(fields.cause);
  return cause ? { ...line, cause } : line;
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
