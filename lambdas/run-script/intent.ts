/** What is to be done, read from the table: the plan, the automation that it is of, and the script. */
import type { RunPlan } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { PartInput, RunInput } from '#contract/run-script.ts';
import type { Script } from '#contract/scripts.ts';
import type { StoredAutomation } from '#core/ports/automations.ts';
import type { RunPorts } from './run-script.ts';

export interface Intent {
  readonly automation: StoredAutomation | undefined;
  readonly plan: RunPlan;
  /** At the version that is to run; undefined where it may not. */
  readonly script: Script | undefined;
  readonly newestVersion: number;
  /** Why it may not be done. Its run is recorded all the same, so that nobody waits for one that never came. */
  readonly refusal: AppError | undefined;
}

/** Errors: AUTOMATION_NOT_FOUND; without it there is nothing that a record could tell. */
export async function intentOf(input: RunInput, ports: Pick<RunPorts, 'automations' | 'scripts'>): Promise<Intent> {
  if (!('automationId' in input)) return planned(input, undefined, ports);
  const automation = await ports.automations.read(input.automationId);
  if (!automation) throw new AppError('AUTOMATION_NOT_FOUND');
  const intent = await planned(automation.plan, automation, ports);
  return automation.paused ? { ...intent, refusal: new AppError('AUTOMATION_PAUSED') } : intent;
}

/** Of a run that goes on: its plan is the one that it was begun with, whatever became of its automation since. */
export async function intentOfPart(
  { part: { automationId }, plan }: PartInput,
  ports: Pick<RunPorts, 'automations' | 'scripts'>,
): Promise<Intent> {
  return planned(plan, automationId === undefined ? undefined : await ports.automations.read(automationId), ports);
}

async function planned(
  plan: RunPlan,
  automation: StoredAutomation | undefined,
  { scripts }: Pick<RunPorts, 'scripts'>,
): Promise<Intent> {
  const { scriptId, version } = plan;
  const [newest, wanted] = await Promise.all([
    scripts.read(scriptId),
    version ? scripts.read(scriptId, version) : undefined,
  ]);
  const found = version ? wanted : newest;
  const newestVersion = newest?.version ?? 0;
  const known = { automation, plan, newestVersion };
  if (found && mayRun(found, automation)) return { ...known, script: found, refusal: undefined };
  const isGone = newest === undefined || !mayRun(newest, automation);
  const said = isGone ? { details: { hint: GONE } } : withoutVersion(newest, version);
  return { ...known, script: undefined, refusal: new AppError('SCRIPT_NOT_FOUND', said) };
}

/** The same for both, for nobody is told of what others keep private. */
const GONE = 'Ask its owner to share it, or name another script.';

const withoutVersion = (newest: Script, version: number | undefined) => ({
  message: `The script “${newest.name}” has no version ${version}.`,
  details: { hint: `Its newest is version ${newest.version}: name that one, or save the automation with it.` },
});

/** One that its owner keeps private runs for automations of the owner only. */
const mayRun = ({ shared, owner }: Script, automation: StoredAutomation | undefined): boolean =>
  shared || owner.id === automation?.owner.id;
