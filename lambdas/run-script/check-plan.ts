/** How far a plan would come, step by step. Nothing runs. */
import { CHECK_STEPS, type CheckStep } from '#contract/automations.ts';
import { ENGINES } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { CheckInput } from '#contract/run-script.ts';
import { placeOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import { deadline } from '#core/deadline.ts';
import { unreached } from '#core/networks/unreached.ts';
import { claimedInstance } from './claimed-instance.ts';
import { findResource, standAt, takeRole } from './open-resource.ts';
import { saidOfRole } from './run-failure.ts';
import type { CallContext, RunPorts } from './run-script.ts';

const SESSION = 'lodge-check';

/** No more than that is needed to log in. */
const LONGEST_MS = 60_000;

/** A step that failed is the last that was tried. Errors: NOT_CLAIMED, AUDIT_FAILED. */
export async function checkPlan(
  plan: CheckInput['check'],
  ports: RunPorts,
  context: CallContext,
): Promise<{ steps: CheckStep[] }> {
  const { awsRequestId: requestId } = context;
  const remainingMs = Math.min(context.getRemainingTimeInMillis(), LONGEST_MS);
  const { signal, clear } = deadline(remainingMs);
  const instance = await claimedInstance(ports.store);
  const steps: CheckStep[] = [];
  const step = async <T>(name: CheckStep['step'], act: () => Promise<readonly [T, string]>): Promise<T> => {
    try {
      const [made, detail] = await act();
      steps.push({ step: name, state: 'passed', detail });
      return made;
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('INTERNAL', { cause: error });
      steps.push({ step: name, state: 'failed', error: saidOfRole(known).body(requestId) });
      throw known;
    }
  };
  const { resourceId, roleArn } = plan;
  const deed = {
    kind: 'connection' as const,
    requestId,
    address: '',
    resource: { id: resourceId, engine: '', region: resourceId.split(':')[3] ?? '' },
    assumed: roleArn,
    change: 'A check of what an automation needs',
  };
  try {
    await recorded({ ...ports, instance }, deed, async (note) => {
      const keys = await step('role', async () => {
        const taken = await takeRole(plan, instance, { session: SESSION, remainingMs, signal }, ports);
        return [taken, `until ${taken.expiresAt.toISOString()}`];
      });
      const resource = await step('resource', async () => {
        const found = await findResource(plan, keys, signal, ports);
        return [found, `${found.name}, ${found.engine ? ENGINES[found.engine].title : found.awsEngine}`];
      });
      await step('login', async () => {
        const { at, reach } = standAt(resource, plan, { keys, session: SESSION, instance, signal }, ports);
        note(placeOf(at.claims));
        const about = await ports.databases.about(at).catch((error: unknown) => {
          throw unreached(error, reach);
        });
        note({ databaseUser: about.user, database: about.database });
        return [about, `${about.user} in ${about.database}`];
      });
    });
  } catch (error) {
    // A step has said it already; what is no step's fault fails the call.
    if (steps.at(-1)?.state !== 'failed') throw error;
  } finally {
    clear();
  }
  const left = STEPS.slice(steps.length).map((name): CheckStep => ({ step: name, state: 'skipped' }));
  return { steps: [...steps, ...left] };
}

const STEPS = Object.keys(CHECK_STEPS) as CheckStep['step'][];
