/** The parameters of a tab: declared in a dialog, and given values in another before a statement runs. */
import { ENGINES } from '#contract/engines.ts';
import type { Parameter, ParameterValues } from '#contract/parameters.ts';
import { handOutTexts } from '../../editor/hand-out.ts';
import type { Desk } from '../workbench/desk.ts';
import { toast } from '../workbench/desk-actions.ts';
import { changeTab } from '../workbench/tabs.ts';
import { declaredIn, type RunParameters } from './declared.ts';
import { engineOf } from './tab-script.ts';

/** The parameters that a text of a tab names, as they are declared there. */
export function parametersOf(desk: Desk, tabId: string, text?: string): Parameter[] {
  const tab = desk.tabs.get().tabs.find(({ id }) => id === tabId);
  if (!tab) return [];
  const { dialect } = ENGINES[engineOf(tab, desk.book.find(tab.connectionKey))];
  return declaredIn(text ?? tab.text, dialect, tab.parameters);
}

/** Asks for the values of what a statement names. Undefined where it names nothing; rejects when declined. */
export function askValues(desk: Desk, tabId: string, text: string): Promise<RunParameters> | undefined {
  if (parametersOf(desk, tabId, text).length === 0) return undefined;
  return desk.ask<ParameterValues>({ kind: 'values', tabId, text }).then((values) => {
    desk.values.set(tabId, { ...desk.values.get(tabId), ...values });
    return { declared: parametersOf(desk, tabId, text), values };
  });
}

/** Says of each parameter of the tab what it is. */
export async function declareParameters(desk: Desk, tabId: string): Promise<void> {
  handOutTexts();
  const parameters = parametersOf(desk, tabId);
  if (parameters.length === 0) {
    toast(desk, {
      text: 'Write :name in the text where a value shall stand. Then it can be described here.',
      tone: 'calm',
    });
    return;
  }
  const declared = await desk.ask<Parameter[]>({ kind: 'parameters', parameters }).catch(() => undefined);
  if (declared) desk.tabs.set((state) => changeTab(state, tabId, { parameters: declared }));
}
