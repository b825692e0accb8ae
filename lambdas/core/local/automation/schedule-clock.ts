/** Fires schedules at their times, as EventBridge Scheduler does: within the minute, and one that was put off is not made up for. */
import type { Schedule } from '#contract/automations.ts';
import { nextTimes } from '../../automation/schedule-times.ts';

export interface ScheduleClock extends Disposable {
  /** At the times of this schedule from `from` on, in the place of those that it had. A rate begins at `since`. */
  set(name: string, schedule: Schedule, times: { readonly from: Date; readonly since: Date }): void;
  clear(name: string): void;
}

/** The longest that a timer waits (HTML, "timers": 31 bits of milliseconds); farther times are looked at again then. */
const LONGEST_MS = 2 ** 31 - 1;

export function scheduleClock(fire: (name: string, at: Date) => void): ScheduleClock {
  const timers = new Map<string, NodeJS.Timeout>();
  const clear = (name: string): void => {
    clearTimeout(timers.get(name));
    timers.delete(name);
  };

  const wait = (name: string, at: Date, then: () => void): void => {
    const left = at.getTime() - Date.now();
    const timer = setTimeout(() => (left > LONGEST_MS ? wait(name, at, then) : then()), Math.min(left, LONGEST_MS));
    // A schedule keeps no process alive.
    timer.unref();
    timers.set(name, timer);
  };

  const next = (name: string, schedule: Schedule, from: Date, since: Date): void => {
    const [at] = nextTimes(schedule, 1, from, since);
    if (!at) {
      clear(name);
      return;
    }
    wait(name, at, () => {
      // What fails is for the one who is called to tell; the next time comes nevertheless.
      next(name, schedule, new Date(Math.max(at.getTime() + 1, Date.now())), since);
      fire(name, at);
    });
  };

  return {
    set(name, schedule, { from, since }) {
      clear(name);
      next(name, schedule, from, since);
    },
    clear,
    [Symbol.dispose]() {
      for (const name of [...timers.keys()]) clear(name);
    },
  };
}
