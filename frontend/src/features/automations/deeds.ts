/** What can be done with an automation and its runs: asked about where it hurts, and told. */
import type { Automation, Run } from '#contract/automations.ts';
import { call } from '../../api.ts';
import { exactTime } from '../../app/times.ts';
import type { Question } from '../../components/confirm-dialog.tsx';
import { sayWhy } from '../scripts/save-tab.ts';
import type { Desk } from '../workbench/desk.ts';
import { toast } from '../workbench/desk-actions.ts';
import { draftOf } from './open-automations.ts';

const agrees = (desk: Desk, question: Question): Promise<boolean> =>
  desk.ask({ kind: 'confirm', ...question }).then(
    () => true,
    () => false,
  );

/** Undefined where it was refused, which is told. */
const tried = <T>(desk: Desk, work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    sayWhy(desk, error);
    return undefined;
  });

/** True: an execution has begun. */
export async function runNow(desk: Desk, { id, name, plan }: Automation): Promise<boolean> {
  const question = {
    title: `Run “${name}” now?`,
    says: ['It may change data: it is not read-only.'],
    action: 'Run now',
  };
  if (!plan.readOnly && !(await agrees(desk, question))) return false;
  const begun = await tried(desk, call('runAutomation', { body: { id } }));
  if (begun) toast(desk, { text: `“${name}” is started.`, tone: 'calm' });
  return begun !== undefined;
}

/** Takes it out of its schedule, or puts it in again. Undefined: refused. */
export async function setPaused(desk: Desk, automation: Automation, paused: boolean): Promise<Automation | undefined> {
  const { id, name, revision } = automation;
  const body = { known: { id, revision }, automation: { ...draftOf(automation), paused } };
  const saved = await tried(desk, call('saveAutomation', { body }));
  if (saved) toast(desk, { text: `“${name}” is ${paused ? 'paused' : 'resumed'}.`, tone: 'calm' });
  return saved;
}

/** True: it is gone. */
export async function deleteAutomation(desk: Desk, { id, name, schedule }: Automation): Promise<boolean> {
  const question = {
    title: `Delete “${name}”?`,
    says: [
      schedule ? 'It goes with its schedule: it does not run any more.' : 'It cannot be started any more.',
      'Results that are in the bucket stay until their time is over.',
    ],
    action: 'Delete the automation',
    grave: true,
  };
  if (!(await agrees(desk, question))) return false;
  const gone = await tried(
    desk,
    call('deleteAutomation', { body: { id } }).then(() => true),
  );
  if (gone) toast(desk, { text: `“${name}” is deleted.`, tone: 'calm' });
  return gone === true;
}

/** True: it was told to stop, or had ended. */
export async function stopRun(desk: Desk, { id, automationId, startedAt, readOnly }: Run): Promise<boolean> {
  const question = {
    title: `Stop the run of ${exactTime(startedAt)}?`,
    says: [
      'Its statement is cancelled in the database, and no result is kept.',
      ...(readOnly ? [] : ['What it has changed and committed so far stays changed.']),
    ],
    action: 'Stop the run',
    grave: true,
  };
  if (!(await agrees(desk, question))) return false;
  const body = { runId: id, ...(automationId && { automationId }) };
  const answer = await tried(desk, call('stopRun', { body }));
  if (answer)
    toast(desk, { text: answer.stopped ? 'The run is being stopped.' : 'It had ended already.', tone: 'calm' });
  return answer !== undefined;
}
