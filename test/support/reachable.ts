import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What `node --expose-gc` gives, without the flag. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * The bytes of JavaScript's objects and buffers that somebody still holds. What nobody holds is not counted: V8 lets up to
 * 64 MB of buffers lie before it looks for them (`kExternalAllocationSoftLimit`), sooner or later as it likes, in whatever
 * a test measures. What a process takes at its peak, garbage and all, is a figure of the bench: bench/figures/engines.ts
 * and bench/figures/run-to-s3.ts.
 */
export function reachable(): number {
  // The first may end a marking that was under way, which keeps all that was made meanwhile; the second finds that. Buffers
  // are given back by a thread beside, which the next collection waits for: so there is a third.
  for (let times = 0; times < 3; times += 1) collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
