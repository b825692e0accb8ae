/** A run that lasts longer than its function: it is left to its next part in the history, and the function calls itself. */
import type { Run, RunPart } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { PartInput, RunInput } from '#contract/run-script.ts';
import { sumOfConsumed } from '#core/audit/tally.ts';
import { MOST_PARTS, TURN_SECONDS } from '#core/automation/parts.ts';
import type { Intent } from './intent.ts';
import type { RunPorts } from './run-script.ts';
import { STOPPED } from './watch-run.ts';

/** Where a script was left, and what its statements so far were charged in this function. */
export type Left = Omit<RunPart, 'number' | 'waiting'>;
type Next = Omit<RunPart, 'waiting'>;

export function nextPart({ part }: Pick<Run, 'part'>, { from, statements, consumed = [] }: Left): Next {
  const sum = sumOfConsumed([...(part?.consumed ?? []), ...consumed]);
  return { number: (part?.number ?? 1) + 1, from, statements, ...(sum.length > 0 && { consumed: sum }) };
}

/** Gives the run as it waits for that part. Errors: STATEMENT_TIMEOUT, STATEMENT_CANCELLED, OUTCOME_UNKNOWN, those of AWS. */
export async function leaveTo(next: Next, run: Run, { runs }: Pick<RunPorts, 'runs'>): Promise<Run> {
  if (next.number > MOST_PARTS) throw new AppError('STATEMENT_TIMEOUT', { message: TOO_MANY });
  const waiting = await runs.handOn(run, next, { seconds: TURN_SECONDS }).catch((cause: unknown) => {
    if (run.readOnly) throw cause;
    // It must not begin again: its history does not say how far it has come.
    throw new AppError('OUTCOME_UNKNOWN', { message: UNWRITTEN, cause });
  });
  if (!waiting) throw new AppError('STATEMENT_CANCELLED', { message: STOPPED });
  return waiting;
}

/** Calls the function for the part that the run waits for. Errors: AWS_DENIED, THROTTLED, AWS_UNAVAILABLE. */
export async function callNext(
  {
    run: { id, automationId, attempt, part, script },
    intent: { plan },
    asked: { execution, firstRows, taskToken = '' },
  }: { run: Run; intent: Intent; asked: Pick<RunInput, 'execution' | 'firstRows' | 'taskToken'> },
  { callAgain }: Pick<RunPorts, 'callAgain'>,
): Promise<void> {
  const input: PartInput = {
    part: { runId: id, ...(automationId && { automationId }), attempt, number: part?.number ?? 1 },
    // Whoever saves the script or the automation meanwhile changes nothing of a run that was begun.
    plan: { ...plan, version: script.version },
    ...(execution && { execution }),
    firstRows,
    taskToken,
  };
  try {
    await callAgain(input);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details, cause } = error;
    throw new AppError(code, { message: `${UNCALLED} ${message}`, cause, ...(details && { details }) });
  }
}

const TOO_MANY = `The run has gone through ${MOST_PARTS.toLocaleString('en')} functions, the most that one may take, and was stopped.`;
const UNWRITTEN = 'The run was to go on in another function, but that could not be written into its history.';
const UNCALLED = 'The run was to go on in another function, which could not be called.';
