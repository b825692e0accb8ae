import { AppError } from '#contract/errors.ts';
import { matchesPattern } from '#contract/patterns.ts';
import { allows, type Role } from '#contract/roles.ts';
import type { AutomationSettings } from '#contract/settings.ts';
import type { Instance, Store } from '#core/ports/store.ts';

/** Whether a user of this role may make and change automations, as the settings have it. */
export const mayAutomate = ({ automators }: AutomationSettings, role: Role): boolean => allows(role, automators);

/** The instance, for somebody who may. Errors: NOT_CLAIMED, AUTOMATION_REFUSED. */
export async function instanceToAutomate(store: Pick<Store, 'instance'>, role: Role): Promise<Instance> {
  const instance = await store.instance();
  if (!instance) throw new AppError('NOT_CLAIMED');
  if (!mayAutomate(instance.automation, role)) throw new AppError('AUTOMATION_REFUSED');
  return instance;
}

/** Errors: ROLE_NOT_ALLOWED, where the ARN fits none of the settings' patterns. */
export function demandAllowedRole({ roles }: AutomationSettings, roleArn: string): void {
  if (roles.some((pattern) => matchesPattern(pattern, roleArn))) return;
  const hint =
    roles.length > 0
      ? `They may use: ${roles.join(', ')}.`
      : 'They may use none yet: an administrator names the roles on the settings page.';
  throw new AppError('ROLE_NOT_ALLOWED', { details: { hint } });
}
