/** Does what there is to do of a run that was begun, in this function: to its end, or until it goes on in another. */
import type { Run, RunAnswer } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { RunInput } from '#contract/run-script.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { RunEnd } from '#core/ports/runs.ts';
import type { Instance } from '#core/ports/store.ts';
import { doneBefore } from './done-before.ts';
import { callNext, leaveTo, nextPart } from './hand-on.ts';
import type { Intent } from './intent.ts';
import { performRun } from './perform-run.ts';
import { failureOf, RunFailure } from './run-failure.ts';
import { deedOfRun, wordsOfPart } from './run-records.ts';
import type { CallContext, RunPorts } from './run-script.ts';
import { STOPPED, watchRun } from './watch-run.ts';

interface Begun {
  readonly run: Run;
  readonly intent: Intent;
  readonly instance: Instance;
  readonly asked: Pick<RunInput, 'execution' | 'firstRows' | 'taskToken'>;
  /** Aborts where nobody waits for the answer any more. */
  readonly left?: AbortSignal | undefined;
  /** True: it has been told to stop already. */
  readonly isStopped?: boolean;
}

/** Undefined: it goes on in another call of the function. Errors: those of `RUN_ERRORS`. */
export async function carryOut(
  { run, intent, instance, asked, left, isStopped = false }: Begun,
  ports: RunPorts,
  context: CallContext,
): Promise<RunAnswer | undefined> {
  const { awsRequestId: requestId } = context;
  const far = { rows: 0, bytes: 0 };
  const remainingMs = context.getRemainingTimeInMillis();
  using watch = watchRun(run, { ...ports, beatMs: ports.beatMs, remainingMs, so: () => far });
  const stops = [watch.signal, ...(left ? [left] : []), ...(isStopped ? [AbortSignal.abort(stopped())] : [])];
  const signal = AbortSignal.any(stops);
  const deed = deedOfRun(run, intent, { requestId, kept: instance.audit });
  /** As it stands in the history. */
  let now = run;
  /** What of it is done, if only it could be written. */
  let reached: Pick<Run, 'readOnly' | 'part'> = run;
  const end = (how: Omit<RunEnd, 'rows' | 'bytes'>) => endRun(now, { ...far, ...how }, ports, requestId);
  try {
    const answer = await recorded({ ...ports, instance, signal: watch.cut }, deed, async (note) => {
      const doing = { run, intent, instance, asked, remainingMs, far, note, signal };
      const course = await performRun(doing, ports);
      if ('answer' in course) return course.answer;
      const next = nextPart(run, course.left);
      note({ change: wordsOfPart(run, next) });
      reached = { readOnly: run.readOnly, part: next };
      now = await leaveTo(next, run, ports);
      await callNext({ run: now, intent, asked }, ports);
      return undefined;
    });
    if (!answer) return undefined;
    const { firstRows: _, ...kept } = answer;
    await end({ state: 'succeeded', answer: kept });
    return answer;
  } catch (error) {
    const failure = failureIn(reached, error);
    const isOurs = await end(endOf(failure));
    // What was called although nobody has said so is the run's next part, and tells of its end.
    if (now !== run && isOurs === false) return undefined;
    throw failure;
  }
}

/** A failure of a run, which says what of it is done. */
export function failureIn(run: Pick<Run, 'readOnly' | 'part'>, error: unknown): RunFailure {
  const failure = failureOf(error);
  const [done] = doneBefore(run);
  if (!done) return failure;
  const { code, message, cause } = failure;
  return new RunFailure(code, `${message}${/[.!?]$/.test(message) ? '' : '.'} ${done}`, cause);
}

export const endOf = ({ code, message }: RunFailure): Omit<RunEnd, 'rows' | 'bytes'> => ({
  state: code === 'STATEMENT_CANCELLED' ? 'cancelled' : 'failed',
  error: { code, message },
});

/** False: it was none of this call's to end. Undefined: it could not be written, which the log says. */
export const endRun = (run: Run, end: RunEnd, { runs, log }: RunPorts, requestId: string) =>
  runs.end(run, end).catch((cause: unknown) => {
    log.error('run end not written', { requestId, cause });
    return undefined;
  });

const stopped = () => new AppError('STATEMENT_CANCELLED', { message: STOPPED });
