/** What becomes of a run whose input is not valid: nothing, but not without a word. */
import type { AppError } from '#contract/errors.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Instance } from '#core/ports/store.ts';
import { intentOf } from './intent.ts';
import { knownOfInput } from './known-of-input.ts';
import { failureOf } from './run-failure.ts';
import { runIdOf } from './run-id.ts';
import { deedOfRun, startOfRun, unknownDeed } from './run-records.ts';
import type { CallContext, RunPorts } from './run-script.ts';
import { LEASE_SECONDS } from './watch-run.ts';

/**
 * Writes the refusal into the record, and into the history of the automation where the input names one; tells the token, if
 * there is one, that nobody may wait for this run. Throws it else.
 */
export async function refuseInput(
  event: unknown,
  refusal: AppError,
  ports: RunPorts,
  context: CallContext,
): Promise<undefined> {
  const { taskToken } = knownOfInput(event);
  const { awsRequestId: requestId } = context;
  const error = await written(event, refusal, ports, context).catch((cause: unknown) => cause);
  if (taskToken === undefined) throw error;
  const failure = failureOf(error);
  ports.log.error('run', { requestId, code: failure.code, cause: failure.cause });
  await ports.tokens.fail(taskToken, failure);
  return undefined;
}

/** Always throws: the refusal, or what kept it from being written. */
async function written(
  event: unknown,
  refusal: AppError,
  ports: RunPorts,
  { awsRequestId: requestId }: CallContext,
): Promise<never> {
  const instance = await ports.store.instance();
  const known = knownOfInput(event);
  const { message } = failureOf(refusal);
  const refuse = () => Promise.reject(refusal);
  const named = instance && (await automationOf(event, refusal, ports));
  if (!named) return recorded({ ...ports, instance }, { ...unknownDeed(known, requestId), change: message }, refuse);
  const { input, intent } = named;
  const now = ports.clock();
  const start = startOfRun(input, intent, { id: runIdOf(input, { requestId, now }), now });
  const { run, begun } = await ports.runs.begin(start, keptOf(instance));
  const deed = { ...deedOfRun(run, intent, { requestId, kept: instance.audit }), change: message };
  return recorded({ ...ports, instance }, deed, refuse).finally(
    () => begun && ports.runs.end(run, { state: 'failed', rows: 0, bytes: 0, error: { code: refusal.code, message } }),
  );
}

const keptOf = ({ audit: { days } }: Instance) => ({ seconds: LEASE_SECONDS, days });

/** The automation that the input names, and as much of who asks as is valid. */
async function automationOf(event: unknown, refusal: AppError, ports: RunPorts) {
  const { automationId, execution, scheduledAt } = knownOfInput(event);
  if (automationId === undefined) return undefined;
  const input = { automationId, firstRows: 0, ...(execution && { execution }), ...(scheduledAt && { scheduledAt }) };
  const intent = await intentOf(input, ports).catch(() => undefined);
  return intent && { input, intent: { ...intent, refusal } };
}
