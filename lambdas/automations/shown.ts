import type { Automation } from '#contract/automations.ts';
import { nextTimes } from '#core/automation/schedule-times.ts';
import type { StoredAutomation } from '#core/ports/automations.ts';
import type { AutomationPorts } from './automations.ts';

/** An automation with what becomes of it: its script as it is now, its last run, and its next. */
export async function shown(
  automation: StoredAutomation,
  { scripts, runs, clock }: Pick<AutomationPorts, 'scripts' | 'runs' | 'clock'>,
): Promise<Automation> {
  const { id, plan, schedule, paused, changedAt } = automation;
  const [script, { runs: last }] = await Promise.all([
    scripts.read(plan.scriptId),
    runs.list({ automationId: id, limit: 1 }),
  ]);
  // A rate counts from when it was saved.
  const [next] = schedule && !paused ? nextTimes(schedule, 1, clock(), new Date(changedAt)) : [];
  return {
    ...automation,
    script: { name: script?.name ?? '', newestVersion: script?.version ?? plan.version, gone: !script },
    ...(last[0] && { lastRun: last[0] }),
    ...(next && { nextRunAt: next.toISOString() }),
  };
}
