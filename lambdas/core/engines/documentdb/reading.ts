/**
 * What readers may do: DocumentDB has no connection that only reads, so it is decided by the operations that are sent.
 * What is not in this list is refused, whatever it is.
 */
import { AppError } from '#contract/errors.ts';
import type { Data } from './shell/parse.ts';

/** Commands that change nothing (MongoDB documentation, "Database Commands"). */
const READS: ReadonlySet<string> = new Set([
  'find',
  'aggregate',
  'count',
  'distinct',
  'explain',
  'listCollections',
  'listIndexes',
  'listDatabases',
  'collStats',
  'dbStats',
  'dataSize',
  'buildInfo',
  'connectionStatus',
  'hello',
  'ping',
  'serverStatus',
  'hostInfo',
  'currentOp',
]);
/** What `explain` may be asked of: the plan of a change can be the change. */
const EXPLAINED: ReadonlySet<string> = new Set(['find', 'aggregate', 'count', 'distinct']);
/** Stages that write, and operators that run JavaScript in the server. They are refused wherever they stand. */
const NEVER: ReadonlySet<string> = new Set(['$out', '$merge', '$where', '$function', '$accumulator']);

/** Errors: READ_ONLY, where a command is not one that only reads. */
export function checkReads(command: ReadonlyMap<string, Data>): void {
  const [name = '', explained] = command.entries().next().value ?? [];
  if (!READS.has(name)) throw refused(`Readers may only read: not ${name || 'this'}.`);
  if (name === 'explain') {
    const inner = explained instanceof Map ? String(explained.keys().next().value) : '';
    if (!EXPLAINED.has(inner)) throw refused('Readers may explain find, aggregate, count and distinct.');
  }
  const found = forbidden(command);
  if (found) throw refused(`Readers may only read: not ${found}.`);
}

function forbidden(value: Data): string | undefined {
  if (Array.isArray(value)) {
    for (const each of value) {
      const found = forbidden(each);
      if (found) return found;
    }
  } else if (value instanceof Map) {
    for (const [name, each] of value) {
      const found = NEVER.has(name) ? name : forbidden(each);
      if (found) return found;
    }
  }
  return undefined;
}

const refused = (message: string): AppError =>
  new AppError('READ_ONLY', {
    message,
    details: { hint: 'An administrator of this instance can make you an editor.' },
  });
