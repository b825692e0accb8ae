/** Scrolls the grid in the page itself, frame by frame, and listens to how long frames take. */
import type { Page } from 'playwright-core';

export interface Scrolled {
  readonly frames: number;
  /** The time between two frames that 95 of 100 stay below, in ms. */
  readonly p95: number;
  /** Tasks of 50 ms and more (W3C Long Tasks). */
  readonly longTasks: number;
}

const MS = 5_000;

/** For 5 seconds: so many pixels a frame; where no step is given, evenly from the first row to the last. */
export const scrollThrough = (page: Page, step: number | undefined): Promise<Scrolled> =>
  page.evaluate(scrollInPage, { step: step ?? null, ms: MS });

/** Runs in the page. */
async function scrollInPage({ step, ms }: { step: number | null; ms: number }): Promise<Scrolled> {
  const grid = document.querySelector('[role="grid"]');
  if (!grid) throw new Error('There is no grid.');
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  grid.scrollTop = 0;
  // Asked for once: in the loop it would make the browser lay the page out before its time.
  const end = grid.scrollHeight - grid.clientHeight;
  const begun = await frame();
  const deltas: number[] = [];
  for (let last = begun; last - begun < ms; ) {
    grid.scrollTop = step === null ? ((last - begun) / ms) * end : deltas.length * step;
    const now = await frame();
    deltas.push(now - last);
    last = now;
  }
  observer.disconnect();
  deltas.sort((a, b) => a - b);
  return { frames: deltas.length, p95: deltas[Math.floor(deltas.length * 0.95)] ?? Number.NaN, longTasks };
}
