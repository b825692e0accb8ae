/** Long work on the page's own thread, cut into slices with room between them for keys, pointers and frames. */

/** A slice: half a frame. */
const SLICE_MS = 8;

/** Does `step(0)` to `step(count - 1)`; aborting rejects with the signal's reason before the next step. */
export async function inSlices(count: number, signal: AbortSignal, step: (index: number) => void): Promise<void> {
  let began = performance.now();
  for (let index = 0; index < count; index++) {
    signal.throwIfAborted();
    step(index);
    if (performance.now() - began < SLICE_MS) continue;
    await breathe();
    began = performance.now();
  }
  signal.throwIfAborted();
}

/** Lets everything that waits go first. A message comes back at once, where a timer would wait 4 ms. */
export function breathe(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(undefined);
  return promise;
}
