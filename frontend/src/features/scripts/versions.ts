/** Brings an old version back, as a new one on top: no version ever changes or goes. */
import type { Script, ScriptVersion } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import { handOutTexts } from '../../editor/hand-out.ts';
import type { Desk } from '../workbench/desk.ts';
import { toast } from '../workbench/desk-actions.ts';
import { sayWhy } from './save-tab.ts';
import { isUnsaved, tabOf, toldOf } from './tab-script.ts';

/** What somebody chose to do with a version. */
export interface Chosen {
  /** As it is now. */
  readonly script: Script;
  readonly version: ScriptVersion;
}

/** Shows the versions of a script, and restores the one that is chosen. Gives the script as it is then. */
export async function lookAtVersions(desk: Desk, id: string): Promise<Script | undefined> {
  const chosen = await desk.ask<Chosen>({ kind: 'script-versions', scriptId: id }).catch(() => undefined);
  if (!chosen || !(await mayReplace(desk, id))) return undefined;
  try {
    return await restore(desk, chosen);
  } catch (error) {
    sayWhy(desk, error);
    return undefined;
  }
}

async function restore(desk: Desk, { script, version }: Chosen): Promise<Script> {
  const { version: number, at: _, by: __, ...runs } = version;
  const known = { id: script.id, revision: script.revision };
  const saved = await call('saveScript', { body: { known, script: { ...toldOf(script), ...runs } } });
  desk.tabs.set((state) => ({
    ...state,
    tabs: state.tabs.map((tab) => (tab.script?.id === saved.id ? { ...tab, ...tabOf(saved) } : tab)),
  }));
  toast(desk, { text: `Version ${number} is back, as version ${saved.version}.`, tone: 'calm' });
  return saved;
}

/** Whoever has changed the text in a tab, and has not saved it, is asked. */
async function mayReplace(desk: Desk, id: string): Promise<boolean> {
  handOutTexts();
  if (!desk.tabs.get().tabs.some((tab) => tab.script?.id === id && isUnsaved(tab))) return true;
  const question = {
    title: 'Put the old version over what is not saved?',
    says: ['The tab of this script holds changes that are not saved. Undo in the editor brings them back.'],
    action: 'Restore the version',
  };
  return desk.ask({ kind: 'confirm', ...question }).then(
    () => true,
    () => false,
  );
}
