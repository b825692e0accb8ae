/**
 * `npm start`: everything on this machine. `--fresh` begins anew, `--aws` uses real AWS, `--dev` reloads the pages,
 * `--port` and `--folder` say where it listens and where it keeps what it makes, `--events` how many rows its largest
 * table gets.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startLodge } from './local/start.ts';

const { values: flags } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    aws: { type: 'boolean', default: false },
    dev: { type: 'boolean', default: false },
    port: { type: 'string', default: process.env.PORT ?? '4600' },
    folder: { type: 'string', default: resolve(import.meta.dirname, '../.lodge') },
    events: { type: 'string', default: '1000000' },
  },
});

const stack = new AsyncDisposableStack();
let ending: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, async () => {
    // A second signal does not wait: whoever sends it has waited already.
    if (ending) process.exit(1);
    ending = stack.disposeAsync();
    await ending;
    process.exit(0);
  });

const { folder, port, events, ...choices } = flags;
const lodge = await startLodge(
  { ...choices, folder: resolve(folder), port: Number(port), eventsRows: Number(events) },
  stack,
).catch(async (error: unknown) => {
  await (ending ?? stack.disposeAsync());
  // Whoever pressed Ctrl+C in the middle of a start knows why it came to nothing.
  if (ending) process.exit(0);
  throw error;
});
console.log(lodge.banner.join('\n'));
