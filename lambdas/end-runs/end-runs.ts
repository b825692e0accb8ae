import * as z from 'zod';
import type { Runs } from '#core/ports/runs.ts';

/** As Step Functions tells EventBridge (Step Functions Developer Guide, "Automating with EventBridge"). */
const Ended = z.object({
  source: z.literal('aws.states'),
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ executionArn: z.string().min(1), status: z.enum(['ABORTED', 'TIMED_OUT', 'FAILED']) }),
});

/**
 * Asks all runs of the execution to stop: a state machine leaves a function that it has called running. Runs of which
 * nobody speaks are written down as cut. Throws where the event is none of these, or the table fails: it is tried again.
 */
export const endRuns =
  ({ runs }: { runs: Pick<Runs, 'stopExecution'> }) =>
  async (event: unknown): Promise<void> => {
    const { detail } = Ended.parse(event);
    await runs.stopExecution(detail.executionArn);
  };
