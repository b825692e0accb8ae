import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type AutomationDraft, AutomationDraft as Draft } from '#contract/automations.ts';
import { bindParameters } from '#contract/bind-parameters.ts';
import { AppError } from '#contract/errors.ts';
import { changesBetween } from '#core/audit/changes.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import { nextTimes } from '#core/automation/schedule-times.ts';
import type { Handler } from '#core/http/handler.ts';
import type { StoredAutomation } from '#core/ports/automations.ts';
import type { AutomationPorts } from './automations.ts';
import { demandAllowedRole, instanceToAutomate } from './may-automate.ts';
import { shown } from './shown.ts';
import { startedOf } from './started-of.ts';

/** Makes or changes an automation: what would keep it from running is said now, and not at night. */
export const saveAutomation =
  (ports: AutomationPorts): Handler<'saveAutomation'> =>
  async ({ body: { known, automation } }, context) => {
    const { store, automations, audit, clock } = ports;
    const { user, role } = context.session;
    const instance = await instanceToAutomate(store, role);
    const before = known && (await automations.read(known.id));
    if (known && !before) throw new AppError('AUTOMATION_NOT_FOUND');
    demandAllowedRole(instance.automation, automation.plan.roleArn);
    await demandScript(automation, user.id, before, ports);
    demandTimes(automation, before, clock());
    const by = { id: user.id, name: user.name };
    const id = known?.id ?? randomBytes(10).toString('hex');
    const change = changesBetween(before ? Draft.parse(before) : {}, automation);
    const deed = { ...deedOf('automation-change', context), automation: { id, name: automation.name }, change };
    const saved = await recorded({ audit, instance }, deed, () =>
      withSchedule(id, { before, after: automation }, ports, () =>
        known ? automations.change(id, known.revision, automation, by) : automations.create(id, automation, by),
      ),
    );
    return shown(saved, ports);
  };

/** Its owner's own script, or one that is shared; whoever changes an automation may leave the script that it has. */
async function demandScript(
  { plan }: AutomationDraft,
  userId: string,
  before: StoredAutomation | undefined,
  { scripts }: Pick<AutomationPorts, 'scripts'>,
): Promise<void> {
  const script = await scripts.read(plan.scriptId, plan.version);
  const visible = script && (script.shared || script.owner.id === userId || before?.plan.scriptId === plan.scriptId);
  if (!visible) throw new AppError('SCRIPT_NOT_FOUND');
  bindParameters(script.parameters, plan.parameters);
}

/**
 * An expression that is none is said before anything is written, and so is one whose times are over: nobody means it. Whose
 * schedule has ended since may change all else. Errors: INPUT_INVALID.
 */
function demandTimes({ schedule }: AutomationDraft, before: StoredAutomation | undefined, now: Date): void {
  if (!schedule || nextTimes(schedule, 1, now).length > 0 || isDeepStrictEqual(schedule, before?.schedule)) return;
  throw new AppError('INPUT_INVALID', {
    message: 'The schedule names no time that is to come.',
    details: { fields: [{ path: 'schedule.expression', message: 'names no time that is to come' }] },
  });
}

interface Change {
  readonly before: StoredAutomation | undefined;
  readonly after: AutomationDraft;
}

/**
 * The schedule is set first, since it can be set back: an automation whose schedule says something else would run when
 * nobody thinks it does. One that fires before its automation is there finds none, and ends.
 */
async function withSchedule(
  id: string,
  { before, after }: Change,
  ports: Pick<AutomationPorts, 'schedules' | 'scripts'>,
  write: () => Promise<StoredAutomation>,
): Promise<StoredAutomation> {
  await set(id, after, before, ports);
  try {
    return await write();
  } catch (error) {
    await set(id, before, after, ports).catch(() => {});
    throw error;
  }
}

type Scheduled = Pick<AutomationDraft, 'name' | 'notify' | 'plan' | 'schedule' | 'paused'>;

async function set(
  id: string,
  to: Scheduled | undefined,
  from: Scheduled | undefined,
  ports: Pick<AutomationPorts, 'schedules' | 'scripts'>,
): Promise<void> {
  const { schedules } = ports;
  if (to?.schedule) await schedules.put(await startedOf({ ...to, id }, ports), to.schedule, { paused: to.paused });
  else if (from?.schedule) await schedules.remove(id);
}
