/** What work costs the page's own thread: its time on a processor, whatever else the machine does meanwhile. */
import type { Page } from 'playwright-core';

export interface Busy {
  /** All of it, in ms. */
  readonly cpu: number;
  /** The longest task, in ms of the same clock. */
  readonly longest: number;
  /** Tasks of more than 50 ms (W3C Long Tasks). */
  readonly long: number;
}

/** An event of a trace, so far as it is read here (Chromium, "Trace Event Format"); times are in µs. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** The thread's own time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const TASK = 'ThreadControllerImpl::RunTask';
/** What promises have left to do is done after a task, and belongs to it: the page answers nobody before its end. */
const MICROTASKS = 'BlinkScheduler_PerformMicrotaskCheckpoint';

const LONG_MS = 50;

/** Does the work while the browser writes down each task, and reads what the busiest page's thread has done. */
export async function busyWhile(page: Page, work: () => Promise<unknown>): Promise<Busy> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  await work();
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const all = threads.map((thread) => tasksOf(events, thread)).map(sumUp);
  return all.toSorted((one, other) => other.cpu - one.cpu)[0] ?? { cpu: Number.NaN, longest: Number.NaN, long: 0 };
}

/** Tasks in ms of the thread's time. */
function tasksOf(events: readonly TraceEvent[], { pid, tid }: TraceEvent): number[] {
  const mine = events
    .filter((event) => event.pid === pid && event.tid === tid && (event.name === TASK || event.name === MICROTASKS))
    .toSorted((one, other) => one.ts - other.ts);
  const tasks: number[] = [];
  let end = 0;
  for (const { name, ts, dur = 0, tdur = 0 } of mine) {
    // What stands inside another has been counted with it.
    if (ts < end) continue;
    end = ts + dur;
    const begun = name === TASK ? 0 : (tasks.pop() ?? 0);
    tasks.push(begun + tdur / 1_000);
  }
  return tasks;
}

const sumUp = (tasks: readonly number[]): Busy => ({
  cpu: tasks.reduce((sum, ms) => sum + ms, 0),
  longest: Math.max(0, ...tasks),
  long: tasks.filter((ms) => ms > LONG_MS).length,
});
