/** The whole product as a newcomer starts it, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Credentials } from '#core/ports/identity.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface ProductOptions {
  /** Where it keeps its state. */
  readonly folder: string;
  /** Rows of analytics.events; most scenarios need few. */
  readonly events?: number;
  /** A free one unless said otherwise. */
  readonly port?: number;
  readonly fresh?: boolean;
}

export interface Product extends AsyncDisposable {
  /** `http://localhost:PORT`. */
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything printed so far. */
  printed(): string;
  /** The block of keys under the title that begins with these words. */
  keysOf(person: string): string;
  /** Ends it without a word, as a crash does. */
  kill(): Promise<void>;
}

/** Starts it and waits for its banner. Rejects with all it printed when it ends before. */
export async function startProduct({
  folder,
  events = 1_000,
  port = 0,
  fresh = false,
}: ProductOptions): Promise<Product> {
  const flags = ['--folder', folder, '--port', String(port), '--events', String(events), ...(fresh ? ['--fresh'] : [])];
  const child = spawn(process.execPath, [join(ROOT, 'bin/local.ts'), ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = await bannerOf(child);
  const url = /Lodge is ready: (\S+)/.exec(printed())?.[1] ?? '';
  return {
    url,
    child,
    printed,
    keysOf: (person) => keysIn(printed(), person),
    kill: () => end(child, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, 'SIGINT'),
  };
}

/** Resolves once the last line of the banner is printed. */
export function bannerOf(child: ChildProcess): Promise<() => string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk;
      if (text.includes('Ctrl+C ends everything.')) resolve(() => text);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', (code) => reject(new Error(`npm start ended with ${code} before it was ready:\n${text}`)));
  });
}

/** Keys as a block to paste, as the banner prints them. */
export const keyBlock = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials): string =>
  [
    `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    ...(sessionToken ? [`export AWS_SESSION_TOKEN=${sessionToken}`] : []),
  ].join('\n');

/** The lines `export …` below a title. */
function keysIn(printed: string, person: string): string {
  const lines = printed.split('\n').map((line) => line.trim());
  const from = lines.findIndex((line) => line.startsWith(person)) + 1;
  const to = lines.findIndex((line, index) => index >= from && !line.startsWith('export '));
  if (from === 0 || to === from) throw new Error(`The banner has no keys of ${person}.`);
  return lines.slice(from, to).join('\n');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
}
