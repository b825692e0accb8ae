import { AutomationSettings } from '#contract/settings.ts';
import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';
import { mayAutomate } from './may-automate.ts';
import { shown } from './shown.ts';

/** Automations by name, and what the form of a new one must say. Everybody may see them: they hold no password and no row. */
export const listAutomations =
  (ports: AutomationPorts): Handler<'automations'> =>
  async ({ body }, { session }) => {
    const [instance, { automations, ...more }] = await Promise.all([
      ports.store.instance(),
      ports.automations.list(body),
    ]);
    const settings = instance?.automation ?? AutomationSettings.parse({});
    return {
      automations: await Promise.all(automations.map((automation) => shown(automation, ports))),
      ground: { ...ports.deployed, mayAutomate: mayAutomate(settings, session.role), roles: settings.roles },
      ...more,
    };
  };
