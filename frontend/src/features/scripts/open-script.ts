/** Opens a script in a tab of the workbench, at its resource and database. Nothing is run by itself. */
import type { Script } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import { connectionFor } from '../history/reopen.ts';
import type { Desk } from '../workbench/desk.ts';
import { focusPane, openText } from '../workbench/desk-actions.ts';
import { activateTab, changeTab } from '../workbench/tabs.ts';
import { isUnsaved, tabOf, wantedOf } from './tab-script.ts';

/** Opens it as it is now; the tab that has it already comes to the front, and what is not saved in it stays. */
export async function openScript(desk: Desk, id: string): Promise<void> {
  const script = await call('script', { body: { id } });
  const open = desk.tabs.get().tabs.find((tab) => tab.script?.id === id);
  if (!open) {
    showScript(desk, script);
    return;
  }
  if (!isUnsaved(open)) desk.tabs.set((state) => changeTab(state, open.id, tabOf(script)));
  desk.tabs.set((state) => activateTab(state, open.id));
  desk.place.go('/');
  focusPane(desk, 'editor');
}

/** In a tab of its own. */
export function showScript(desk: Desk, script: Script): void {
  const connection = connectionFor(script, desk.book.connections.get());
  const wanted = wantedOf(script);
  openText(desk, { ...tabOf(script), ...(connection ? { connectionKey: connection.key } : wanted && { wanted }) });
  desk.place.go('/');
}
