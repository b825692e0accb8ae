/** Of `.waitForTaskToken`: whoever waits is told by a call of its own, and meanwhile that somebody is at it. */
import { setTimeout } from 'node:timers/promises';
import type { RunAnswer } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { RunInput } from '#contract/run-script.ts';
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
  const { tokens, log, beatMs = BEAT_MS } = ports;
  const left = new AbortController();
  const timer = setInterval(async () => {
    // What cannot be told now is told the next time.
    const isAwaited = await tokens.beat(taskToken).catch(() => true);
    if (!isAwaited) left.abort(new AppError('STATEMENT_CANCELLED', { message: NOBODY }));
  }, beatMs);
  const told = await doneOnce(input, ports, context, left.signal)
    .then(
      (answer) => () => tokens.succeed(taskToken, answer),
      (error: unknown) => {
        const failure: RunFailure = failureOf(error);
        log.error('run', { requestId: context.awsRequestId, code: failure.code, cause: failure.cause });
        return () => tokens.fail(taskToken, failure);
      },
    )
    .finally(() => clearInterval(timer));
  await told();
  return undefined;
}

/**
 * Lambda may deliver an event twice, and a state may hand the same run on with another token: then this waits for whoever
 * does it, so that no token is told of a failure that is none.
 */
async function doneOnce(input: RunInput, ports: RunPorts, context: CallContext, left: AbortSignal): Promise<RunAnswer> {
  const { beatMs = BEAT_MS } = ports;
  for (let again = false; ; again = true)
    try {
      return await doRun(input, ports, context, { left, again });
    } catch (error) {
      if (failureOf(error).code !== 'RUN_IN_PROGRESS' || left.aborted) throw error;
      if (context.getRemainingTimeInMillis() < LEAST_MS) throw error;
      await setTimeout(beatMs);
    }
}

const NOBODY = 'The state that waits for this run has ended, so it was stopped.';
