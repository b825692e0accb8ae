/** Ends what has fallen silent: nothing on a page waits for ever. */

export interface Silence {
  /** Aborts after so long without a word. */
  readonly signal: AbortSignal;
  /** Something was heard: the time begins anew. */
  heard(): void;
  stop(): void;
}

export function watchSilence(ms: number): Silence {
  const controller = new AbortController();
  const end = () => controller.abort(new DOMException('Nothing was heard for too long.', 'TimeoutError'));
  let timer = setTimeout(end, ms);
  return {
    signal: controller.signal,
    heard() {
      clearTimeout(timer);
      if (!controller.signal.aborted) timer = setTimeout(end, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
