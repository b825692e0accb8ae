import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';
import { demandAllowedRole, instanceToAutomate } from './may-automate.ts';

/** Asks the function that would run it, for the roles trust that one and no other. */
export const checkAutomation =
  ({ store, runner }: AutomationPorts): Handler<'checkAutomation'> =>
  async ({ body }, { session }) => {
    const { automation } = await instanceToAutomate(store, session.role);
    demandAllowedRole(automation, body.roleArn);
    return { steps: await runner.check(body) };
  };
