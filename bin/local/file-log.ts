import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loggable } from '#core/aws/log.ts';
import type { Log, LogFields } from '#core/ports/log.ts';

/** Where the lines go: the terminal stays free for what a person reads. */
export const LOG_FILE = 'lodge.log';

/** Writes the API's log lines into the folder, begun anew with each start: the same fields as in AWS, one JSON a line. */
export function fileLog(folder: string): Log & AsyncDisposable {
  mkdirSync(folder, { recursive: true });
  const file = createWriteStream(join(folder, LOG_FILE), { flags: 'w', mode: 0o600 });
  const write = (level: string, message: string, fields: LogFields = {}) =>
    file.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...loggable(fields) })}\n`);
  return {
    info: (message, fields) => void write('info', message, fields),
    error: (message, fields) => void write('error', message, fields),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => file.end(() => resolve())),
  };
}
