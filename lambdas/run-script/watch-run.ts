/** Watches over a run while it lasts: its deadline, whether it shall stop, and that its history knows it is alive. */
import type { Run } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import { deadline } from '#core/deadline.ts';
import type { Runs } from '#core/ports/runs.ts';

/** Without a word for so long a run is cut. */
export const LEASE_SECONDS = 60;

/** Somebody wanted it so. */
export const STOPPED = 'The run was stopped.';

/** How often it speaks up, and hears that it shall stop. */
const BEAT_MS = 5_000;

/** So long before its function's time is over a run ends: enough to stop the statement, to end the upload and to tell of it. */
const RESERVE_MS = 20_000;

interface Watching {
  readonly runs: Pick<Runs, 'progress'>;
  readonly beatMs: number | undefined;
  readonly remainingMs: number;
  /** How far it is. */
  so(): { rows: number; bytes: number };
}

export interface Watch extends Disposable {
  /** Aborts when the run shall end: STATEMENT_TIMEOUT, STATEMENT_CANCELLED, AWS_UNAVAILABLE. */
  readonly signal: AbortSignal;
  /** Aborts at the deadline only. */
  readonly cut: AbortSignal;
}

export function watchRun(run: Run, { runs, beatMs = BEAT_MS, remainingMs, so }: Watching): Watch {
  const stopping = new AbortController();
  const end = deadline(remainingMs, RESERVE_MS);
  let heardAt = performance.now();
  let isBeating = false;
  const beat = async (): Promise<void> => {
    if (isBeating) return;
    isBeating = true;
    try {
      const { stop } = await runs.progress(run, { ...so(), seconds: LEASE_SECONDS });
      heardAt = performance.now();
      if (stop) stopping.abort(new AppError('STATEMENT_CANCELLED', { message: STOPPED }));
    } catch (cause) {
      // Others may take it for cut soon: it must have ended by then.
      if (performance.now() - heardAt > (LEASE_SECONDS * 1_000) / 2)
        stopping.abort(new AppError('AWS_UNAVAILABLE', { message: LOST, cause }));
    } finally {
      isBeating = false;
    }
  };
  const timer = setInterval(beat, beatMs);
  return {
    signal: AbortSignal.any([stopping.signal, end.signal]),
    cut: end.signal,
    [Symbol.dispose]() {
      clearInterval(timer);
      end.clear();
    },
  };
}

const LOST = 'The history of the run could not be written for too long, so it was stopped.';
