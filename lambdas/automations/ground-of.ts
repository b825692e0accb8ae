import type { AutomationGround } from '#contract/automations.ts';
import type { Role } from '#contract/roles.ts';
import { AutomationSettings } from '#contract/settings.ts';
import type { AutomationPorts } from './automations.ts';
import { mayAutomate } from './may-automate.ts';

/** What an automation stands on, as this user may. */
export async function groundOf(
  { role }: { readonly role: Role },
  { store, deployed }: Pick<AutomationPorts, 'store' | 'deployed'>,
): Promise<AutomationGround> {
  const settings = (await store.instance())?.automation ?? AutomationSettings.parse({});
  return { ...deployed, mayAutomate: mayAutomate(settings, role), roles: settings.roles };
}
