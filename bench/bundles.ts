/**
 * What each function weighs and what its start costs: its folder as `cdk deploy` sends it, zipped, and the time that a
 * Node process takes to import it beyond an empty one. Run alone: `node bench/bundles.ts`.
 */
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionName } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { synthesise } from '../test/support/stack.ts';
import { zippedBytes } from './zipped-bytes.ts';

const RUNS = 15;

export interface BundleFigure {
  readonly name: FunctionName;
  /** The code alone, as it is loaded. */
  readonly codeKB: number;
  /** The whole zip, source map included. */
  readonly zippedKB: number;
  /** Median of the imports less the median of empty starts, in ms; with source maps on, as in Lambda. */
  readonly importMs: number;
}

/** What Lambda's run time gives, so far as a handler asks for it while it is loaded. */
const RUN_TIME = 'globalThis.awslambda = { streamifyResponse: (handler) => handler };';

/** What grants give, so far as a handler reads it while it is loaded; the credentials are nobody's. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  LODGE_TABLE: 'none',
  LODGE_SESSION_KEY_ID: 'none',
  NODE_OPTIONS: '--enable-source-maps',
};

/** Packs all functions and measures them. The empty starts are taken in turn with the others, so that both see the same machine. */
export function bundleFigures(): BundleFigure[] {
  const stack = synthesise({ bundle: true });
  try {
    const names = [...new Set(Object.values(ROUTES).map((route): FunctionName => route.function))];
    return names.map((name) => measure(name, stack.folderOf(name)));
  } finally {
    stack.remove();
  }
}

function measure(name: FunctionName, folder: string): BundleFigure {
  const code = statSync(join(folder, 'index.mjs')).size;
  const zipped = zippedBytes(folder);
  const empty = write(folder, 'empty.mjs', RUN_TIME);
  const full = write(
    folder,
    'full.mjs',
    `${RUN_TIME}\nawait import(${JSON.stringify(pathToFileURL(join(folder, 'index.mjs')))});`,
  );
  const times = Array.from({ length: RUNS }, () => ({ empty: start(empty), full: start(full) }));
  const importMs = median(times.map((time) => time.full)) - median(times.map((time) => time.empty));
  return { name, codeKB: Math.round(code / 1024), zippedKB: Math.round(zipped / 1024), importMs: Math.round(importMs) };
}

/** Beside the folder, so that it is no part of what is zipped. */
function write(folder: string, name: string, text: string): string {
  const path = join(folder, '..', name);
  writeFileSync(path, text);
  return path;
}

/** Milliseconds from the start of a process to its end. */
function start(script: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [script], { env: ENVIRONMENT });
  if (status !== 0) throw new Error(`A bundle cannot be imported:\n${stderr}`);
  return performance.now() - began;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

if (import.meta.main) console.table(bundleFigures());
