import type { Desk } from '../workbench/desk.ts';
import { changeDetails } from './save-tab.ts';
import { mayBeSaved } from './tab-script.ts';

/** The name of a tab with a script is the script's; any other is typed where it stands. */
export function renameTab(desk: Desk, id: string): void {
  const script = desk.tabs.get().tabs.find((tab) => tab.id === id)?.script;
  if (script && mayBeSaved(script, desk.session.get())) void changeDetails(desk, script);
  else desk.renaming.set(id);
}
