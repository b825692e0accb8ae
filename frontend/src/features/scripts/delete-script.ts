import type { ScriptHead } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import type { Desk } from '../workbench/desk.ts';
import { toast } from '../workbench/desk-actions.ts';
import type { Tab } from '../workbench/tabs.ts';
import { sayWhy } from './save-tab.ts';

/** Asks, and deletes a script with its versions. Tabs that show it keep their text. True: it is gone. */
export async function deleteScript(desk: Desk, script: ScriptHead): Promise<boolean> {
  const { id, name, version, shared } = script;
  const says = [
    `“${name}” and its ${version === 1 ? 'one version' : `${version} versions`} go, and do not come back.`,
    ...(shared ? ['It is shared: nobody finds it any more, and automations that run it fail.'] : []),
  ];
  const question = { title: 'Delete the script?', says, action: 'Delete the script', grave: true };
  const agreed = await desk.ask({ kind: 'confirm', ...question }).then(
    () => true,
    () => false,
  );
  if (!agreed) return false;
  try {
    await call('deleteScript', { body: { id } });
  } catch (error) {
    sayWhy(desk, error);
    return false;
  }
  desk.tabs.set((state) => ({ ...state, tabs: state.tabs.map((tab) => (tab.script?.id === id ? parted(tab) : tab)) }));
  toast(desk, { text: `“${name}” is deleted.`, tone: 'calm' });
  return true;
}

const parted = ({ script: _, ...tab }: Tab): Tab => tab;
