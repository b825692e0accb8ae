import { AppError } from '#contract/errors.ts';
import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';
import { groundOf } from './ground-of.ts';
import { shown } from './shown.ts';

/** One automation, as the list has it: a link to it need not go through all the others. */
export const readAutomation =
  (ports: AutomationPorts): Handler<'automation'> =>
  async ({ params: { id } }, { session }) => {
    const [ground, automation] = await Promise.all([groundOf(session, ports), ports.automations.read(id)]);
    if (!automation) throw new AppError('AUTOMATION_NOT_FOUND');
    return { automation: await shown(automation, ports), ground };
  };
