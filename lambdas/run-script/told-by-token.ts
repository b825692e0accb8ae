/** Of `.waitForTaskToken`: whoever waits is told by a call of its own, and meanwhile that somebody is at it. */
import { setTimeout } from 'node:timers/promises';
import type { RunAnswer } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { PartInput, RunInput } from '#contract/run-script.ts';
import { doPart } from './do-part.ts';
import { doRun } from './do-run.ts';
import { failureOf, type RunFailure } from './run-failure.ts';
import type { CallContext, RunPorts } from './run-script.ts';

/** More often than any task that asks for a heartbeat needs it (`HeartbeatSeconds`). */
const BEAT_MS = 10_000;

/** With less time left nothing is waited for. */
const LEAST_MS = 30_000;

/** Gives the answer, or tells it to the token. A failure that was told is none of this call. */
export async function toldByToken(
  input: RunInput,
  ports: RunPorts,
  context: CallContext,
): Promise<RunAnswer | undefined> {
  const { taskToken } = input;
  if (taskToken === undefined) return doRun(input, ports, context);
  return told(taskToken, (left) => doneOnce(input, ports, context, left), ports, context);
}

/** The same of a run that goes on. */
export const toldOfPart = (input: PartInput, ports: RunPorts, context: CallContext): Promise<undefined> =>
  told(input.taskToken, (left) => doPart(input, ports, context, left), ports, context);

async function told(
  taskToken: string,
  act: (left: AbortSignal) => Promise<RunAnswer | undefined>,
  { tokens, log, beatMs = BEAT_MS }: RunPorts,
  context: CallContext,
): Promise<undefined> {
  const left = new AbortController();
  const beat = async (): Promise<void> => {
    // What cannot be told now is told the next time.
    const isAwaited = await tokens.beat(taskToken).catch(() => true);
    if (!isAwaited) left.abort(new AppError('STATEMENT_CANCELLED', { message: NOBODY }));
  };
  // A call may have waited for hours until its turn came.
  await beat();
  const timer = setInterval(beat, beatMs);
  const tell = await act(left.signal)
    .then(
      (answer) => async () => answer && tokens.succeed(taskToken, answer),
      (error: unknown) => {
        const failure: RunFailure = failureOf(error);
        log.error('run', { requestId: context.awsRequestId, code: failure.code, cause: failure.cause });
        return () => tokens.fail(taskToken, failure);
      },
    )
    .finally(() => clearInterval(timer));
  await tell();
  return undefined;
}

/**
 * Lambda may deliver an event twice, and a state may hand the same run on with another token: then this waits for whoever
 * does it, so that no token is told of a failure that is none. Where that takes longer than this function lasts, another
 * call goes on waiting.
 */
async function doneOnce(
  input: RunInput,
  ports: RunPorts,
  context: CallContext,
  left: AbortSignal,
): Promise<RunAnswer | undefined> {
  const { beatMs = BEAT_MS } = ports;
  for (let again = false; ; again = true)
    try {
      return await doRun(input, ports, context, { left, again });
    } catch (error) {
      if (failureOf(error).code !== 'RUN_IN_PROGRESS' || left.aborted) throw error;
      if (context.getRemainingTimeInMillis() < LEAST_MS) {
        await ports.callAgain(input);
        return undefined;
      }
      await setTimeout(beatMs);
    }
}

const NOBODY = 'The state that waits for this run has ended, so it was stopped.';
