/** One run, from its input to its answer: begun once, and written down in the history and in the record. */
import type { Run, RunAnswer } from '#contract/automations.ts';
import { AppError, ERRORS, type ErrorCode } from '#contract/errors.ts';
import type { RunInput } from '#contract/run-script.ts';
import { recorded } from '#core/audit/recorded.ts';
import { carryOut } from './carry-out.ts';
import { doneBefore } from './done-before.ts';
import { intentOf } from './intent.ts';
import { knownOfInput } from './known-of-input.ts';
import { runIdOf } from './run-id.ts';
import { deedOfRun, startOfRun, unknownDeed } from './run-records.ts';
import type { CallContext, RunPorts } from './run-script.ts';
import { LEASE_SECONDS } from './watch-run.ts';

interface Asking {
  /** Aborts where nobody waits for the answer any more. */
  readonly left?: AbortSignal;
  /** True: the same call has asked before, and been told that another one is at it. */
  readonly again?: boolean;
}

/**
 * The same again gives the same answer, without doing it again; see `mayBeginAgain`. Every delivery is recorded, be it done
 * or not. Undefined: it goes on in another call, which only a run with a token does. Errors: those of `RUN_ERRORS`.
 */
export async function doRun(
  input: RunInput,
  ports: RunPorts,
  context: CallContext,
  { left, again = false }: Asking = {},
): Promise<RunAnswer | undefined> {
  const { awsRequestId: requestId } = context;
  const instance = await ports.store.instance();
  const refused = (error: unknown): Promise<never> =>
    recorded({ ...ports, instance }, unknownDeed(knownOfInput(input), requestId), () => Promise.reject(error));
  if (!instance) return refused(new AppError('NOT_CLAIMED'));
  const intent = await intentOf(input, ports).catch(refused);
  const now = ports.clock();
  const start = startOfRun(input, intent, { id: runIdOf(input, { requestId, now }), now });
  const kept = { seconds: LEASE_SECONDS, days: instance.audit.days };
  const { run, begun } = await ports.runs.begin(start, kept).catch(refused);
  if (begun) return carryOut({ run, intent, instance, asked: input, left }, ports, context);
  if (again) return knownAnswer(run);
  const deed = deedOfRun(run, intent, { requestId, kept: instance.audit });
  return recorded({ ...ports, instance }, { ...deed, change: DELIVERED_AGAIN }, async () => knownAnswer(run));
}

const DELIVERED_AGAIN = 'Delivered again: nothing was done, and the answer is that of the run itself';

/** What became of a run that is not begun again. */
function knownAnswer(run: Run): RunAnswer {
  const { state, answer, error } = run;
  if (answer) return { ...answer, again: true };
  if (state === 'running') throw new AppError('RUN_IN_PROGRESS');
  if (state === 'cut') throw new AppError('OUTCOME_UNKNOWN', { message: [SILENT, ...doneBefore(run)].join(' ') });
  const { code = 'INTERNAL', message = ERRORS.INTERNAL[1] } = error ?? {};
  throw new AppError(Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'INTERNAL', { message });
}

const SILENT = 'The function of this run ended without a word, and the run may write: what it did is not known.';
