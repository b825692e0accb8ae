import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';
import { groundOf } from './ground-of.ts';
import { shown } from './shown.ts';

/** Automations by name, and what the form of a new one must say. Everybody may see them: they hold no password and no row. */
export const listAutomations =
  (ports: AutomationPorts): Handler<'automations'> =>
  async ({ body }, { session }) => {
    const [ground, { automations, ...more }] = await Promise.all([
      groundOf(session, ports),
      ports.automations.list(body),
    ]);
    return {
      automations: await Promise.all(automations.map((automation) => shown(automation, ports))),
      ground,
      ...more,
    };
  };
