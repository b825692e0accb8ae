/**
 * `npm start`: everything on this machine. `--fresh` begins anew, `--aws` uses real AWS, `--dev` reloads the pages,
 * `--port` and `--folder` say where it listens and where it keeps what it makes.
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
  },
});

const stack = new AsyncDisposableStack();
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, async () => {
    // A second signal does not wait: whoever sends it has waited already.
    if (stopping) process.exit(1);
    stopping = true;
    await stack.disposeAsync();
    process.exit(0);
  });

const lodge = await startLodge({ ...flags, port: Number(flags.port), folder: resolve(flags.folder) }, stack).catch(
  async (error: unknown) => {
    await stack.disposeAsync();
    throw error;
  },
);
console.log(lodge.banner.join('\n'));
