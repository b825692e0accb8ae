import { AppError } from '#contract/errors.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';
import { instanceToAutomate } from './may-automate.ts';

/**
 * The run itself hears of it within seconds, and cancels its statement in the database; the execution around it is stopped
 * so that it does not try again.
 */
export const stopRun =
  ({ store, runs, machine, audit }: AutomationPorts): Handler<'stopRun'> =>
  async ({ body: { automationId, runId: id } }, context) => {
    const instance = await instanceToAutomate(store, context.session.role);
    const run = await runs.read({ id, automationId });
    if (!run) throw new AppError('RUN_NOT_FOUND');
    if (run.state !== 'running') return { stopped: false };
    const { script, execution } = run;
    const deed = {
      ...deedOf('automation-change', context),
      script,
      ...(execution && { execution: execution.arn }),
      change: `run ${id} stopped`,
    };
    return recorded({ audit, instance }, deed, async () => {
      const stopped = await runs.stop({ id, automationId });
      if (stopped && execution) await machine.stop(execution.arn);
      return { stopped };
    });
  };
