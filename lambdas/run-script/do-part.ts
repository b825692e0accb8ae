/** The next part of a run, which an earlier call of this function has left to it. */
import { setTimeout } from 'node:timers/promises';
import type { RunAnswer } from '#contract/automations.ts';
import type { PartInput } from '#contract/run-script.ts';
import { carryOut, endOf, endRun, failureIn } from './carry-out.ts';
import { claimedInstance } from './claimed-instance.ts';
import { intentOfPart } from './intent.ts';
import type { CallContext, RunPorts } from './run-script.ts';
import { LEASE_SECONDS } from './watch-run.ts';

/** With less time left a table that does not answer is not asked again. */
const LEAST_MS = 30_000;

/** How often it is asked, in milliseconds. */
const PAUSE_MS = 5_000;

/**
 * Undefined: it goes on in another call, or there is nothing to do: the event came twice, or too late, and somebody else
 * tells of the run. Errors: those of `RUN_ERRORS`.
 */
export async function doPart(
  input: PartInput,
  ports: RunPorts,
  context: CallContext,
  left: AbortSignal,
): Promise<RunAnswer | undefined> {
  const taken = await takenOver(input, ports, context);
  if (!taken) return undefined;
  const { run, stop: isStopped } = taken;
  const read = Promise.all([claimedInstance(ports.store), intentOfPart(input, ports)]);
  const [instance, intent] = await read.catch(async (error: unknown) => {
    const failure = failureIn(run, error);
    await endRun(run, { rows: 0, bytes: 0, ...endOf(failure) }, ports, context.awsRequestId);
    throw failure;
  });
  return carryOut({ run, intent, instance, asked: input, left, isStopped }, ports, context);
}

/** Nobody but this call would go on with the run: so it asks until it is answered. */
async function takenOver(
  { part: { runId: id, automationId, attempt, number: part } }: PartInput,
  { runs, beatMs = PAUSE_MS }: RunPorts,
  context: CallContext,
) {
  const awaited = { id, ...(automationId && { automationId }), attempt, part };
  for (;;)
    try {
      return await runs.takeOver(awaited, { seconds: LEASE_SECONDS });
    } catch (error) {
      if (context.getRemainingTimeInMillis() < LEAST_MS) throw error;
      await setTimeout(beatMs);
    }
}
