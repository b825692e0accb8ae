/** The keys of the editor: the usual ones of CodeMirror, and what Lodge adds. */
import { acceptCompletion, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands';
import { searchKeymap } from '@codemirror/search';
import { type Extension, Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';

export type RunScope = 'statement' | 'all';

export interface EditorKeyActions {
  run(scope: RunScope): void;
  format(): void;
}

/** Keys that the workbench uses for something else: showing its panes, the palette. */
const LEFT_TO_THE_PAGE = new Set(['Mod-i', 'Mod-k', 'Ctrl-k']);

export function editorKeys({ run, format }: EditorKeyActions): Extension {
  const did = (act: () => void) => (view: EditorView) => {
    closeCompletion(view);
    act();
    return true;
  };
  const own = Prec.highest(
    keymap.of([
      { key: 'Mod-Enter', run: did(() => run('statement')) },
      { key: 'Mod-Shift-Enter', run: did(() => run('all')) },
      { key: 'F5', run: did(() => run('all')), preventDefault: true },
      { key: 'Shift-Alt-f', run: did(format) },
    ]),
  );
  const usual = [...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap];
  return [
    own,
    keymap.of([{ key: 'Tab', run: acceptCompletion }]),
    keymap.of([...usual.filter(({ key }) => !LEFT_TO_THE_PAGE.has(key ?? '')), indentWithTab]),
  ];
}
