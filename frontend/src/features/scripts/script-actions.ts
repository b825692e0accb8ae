/** What can be done with a script in the list: as far as its reader may. */
import { mayChange, mayDelete } from '#contract/script-rights.ts';
import type { ScriptHead } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import type { Action } from '../../components/action-menu.tsx';
import type { Desk } from '../workbench/desk.ts';
import { automate } from './automate.ts';
import { deleteScript } from './delete-script.ts';
import { openScript } from './open-script.ts';
import { changeDetails, sayWhy } from './save-tab.ts';
import { lookAtVersions } from './versions.ts';

/** `onChanged`: the list is not as it was. */
export function scriptActions(desk: Desk, script: ScriptHead, onChanged: () => void): Action[] {
  const { user, role, automates } = desk.session.get();
  const asking = role && { user, role };
  const { id } = script;
  const act = (work: () => Promise<unknown>) => () =>
    void work().then(
      (changed) => changed && onChanged(),
      (error: unknown) => sayWhy(desk, error),
    );
  return [
    { label: 'Open in a tab', perform: act(() => openScript(desk, id)) },
    { label: 'Versions…', perform: act(() => lookAtVersions(desk, id)) },
    ...(asking && mayChange(script, asking)
      ? [
          {
            label: 'Name, tags and sharing…',
            perform: act(async () => changeDetails(desk, await call('script', { body: { id } }))),
          },
        ]
      : []),
    ...(automates ? [{ label: 'Automate…', perform: () => automate(desk, id) }] : []),
    {
      label: 'Copy its id',
      perform: () => void navigator.clipboard.writeText(id).catch(() => undefined),
    },
    ...(asking && mayDelete(script, asking)
      ? [{ label: 'Delete…', grave: true, perform: act(() => deleteScript(desk, script)) }]
      : []),
  ];
}
