import type { Run, RunState } from '#contract/automations.ts';
import { isTransient } from '#contract/run-script.ts';

type Ended = Pick<Run, 'readOnly' | 'error'>;

const AGAIN: Readonly<Record<RunState, (run: Ended) => boolean>> = {
  running: () => false,
  succeeded: () => false,
  // Somebody wanted it so.
  cancelled: () => false,
  failed: ({ readOnly, error }) => readOnly || isTransient(error?.code ?? ''),
  cut: ({ readOnly }) => readOnly,
};

/**
 * Whether another delivery of an execution begins its run anew. One that may have changed something is not done twice
 * unless it is known that it has changed nothing.
 */
export const mayBeginAgain = (run: Ended & Pick<Run, 'state'>): boolean => AGAIN[run.state](run);
