/** The serving process: the whole API over node:http, packed by esbuild as a function is, in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLING } from '../../lib/bundling.ts';

export interface Serving extends AsyncDisposable {
  readonly port: number;
  /** The most memory that it had resident since it began or since `forgetPeak`, in bytes: VmHWM. */
  peak(): Promise<number>;
  forgetPeak(): Promise<void>;
  /** The memory that it has resident now, in bytes: VmRSS. */
  resident(): Promise<number>;
}

let packed: Promise<string> | undefined;

/** Packs once a run. BENCH_SERVING_FLAGS hands flags to the process, such as `--cpu-prof`. */
export async function startServing(folder: string, environment: Readonly<Record<string, string>>): Promise<Serving> {
  packed ??= pack(join(folder, 'serving.mjs'));
  const child = fork(await packed, {
    env: { PATH: process.env.PATH, ...environment },
    execArgv: (process.env.BENCH_SERVING_FLAGS ?? '').split(' ').filter(Boolean),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    peak: () => memoryOf(child.pid, 'VmHWM'),
    resident: () => memoryOf(child.pid, 'VmRSS'),
    // 5: "reset the peak resident set size" (Linux, Documentation/filesystems/proc.rst).
    forgetPeak: () => writeFile(`/proc/${child.pid}/clear_refs`, '5'),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.send('end');
      await ended;
    },
  };
}

async function memoryOf(pid: number | undefined, line: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1_024;
}

async function pack(outfile: string): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, '../children/serve.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minify: !process.env.BENCH_SERVING_FLAGS,
    mainFields: [...(BUNDLING.mainFields ?? [])],
    banner: { js: BUNDLING.banner ?? '' },
    logLevel: 'warning',
  });
  return outfile;
}
