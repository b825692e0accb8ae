import { AppError } from '#contract/errors.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';
import { instanceToAutomate } from './may-automate.ts';
import { startedOf } from './started-of.ts';

/** Starts an execution of the state machine. A call that is sent twice starts one: it is named by its request. */
export const runAutomation =
  ({ store, automations, scripts, machine, audit }: AutomationPorts): Handler<'runAutomation'> =>
  async ({ body: { id } }, context) => {
    const { session, requestId } = context;
    const instance = await instanceToAutomate(store, session.role);
    const automation = await automations.read(id);
    if (!automation) throw new AppError('AUTOMATION_NOT_FOUND');
    if (automation.paused) throw new AppError('AUTOMATION_PAUSED');
    const deed = {
      ...deedOf('automation-change', context),
      automation: { id, name: automation.name },
      change: 'started',
    };
    const startedBy = { id: session.user.id, name: session.user.name };
    const execution = await recorded({ audit, instance }, deed, async () =>
      machine.start(
        await startedOf(automation, { scripts }),
        startedBy,
        requestId.replaceAll(/[^\w-]/g, '-').slice(0, 80),
      ),
    );
    return { execution };
  };
