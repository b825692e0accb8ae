import type { Started, StoredAutomation } from '#core/ports/automations.ts';
import type { AutomationPorts } from './automations.ts';

/** What the machine is told of an automation, and no more. */
export async function startedOf(
  { id, name, notify, plan: { scriptId, version } }: Pick<StoredAutomation, 'id' | 'name' | 'notify' | 'plan'>,
  { scripts }: Pick<AutomationPorts, 'scripts'>,
): Promise<Started> {
  const script = await scripts.read(scriptId, version);
  return { id, name, notify, script: `${script?.name ?? scriptId}, version ${version}` };
}
