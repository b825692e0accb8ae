import { AppError } from '#contract/errors.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';
import { instanceToAutomate } from './may-automate.ts';

/** Takes an automation away. Its schedule goes first: what fires without an automation would only fail. */
export const deleteAutomation =
  ({ store, automations, schedules, audit }: AutomationPorts): Handler<'deleteAutomation'> =>
  async ({ body: { id } }, context) => {
    const instance = await instanceToAutomate(store, context.session.role);
    const automation = await automations.read(id);
    if (!automation) throw new AppError('AUTOMATION_NOT_FOUND');
    const deed = { ...deedOf('automation-change', context), automation: { id, name: automation.name } };
    await recorded({ audit, instance }, { ...deed, change: 'deleted' }, async () => {
      await schedules.remove(id);
      await automations.remove(id);
    });
    return undefined;
  };
