/** A page with nothing on it but an editor: bundled and opened by editor.test.ts. */
import type { Names } from '#contract/objects.ts';
import '../../../frontend/src/app/tokens.css';
import { SqlEditor } from '../../../frontend/src/editor/open-editor.ts';

declare global {
  interface Window {
    editor: SqlEditor;
    told: { texts: string[]; runs: string[]; problems: string[] };
    open(text: string, names?: Names): void;
  }
}

window.open = ((text: string, names?: Names) => {
  window.editor?.destroy();
  window.told = { texts: [], runs: [], problems: [] };
  const parent = document.getElementById('root') ?? document.body;
  parent.style.height = '400px';
  window.editor = new SqlEditor({
    parent,
    text,
    dialect: 'postgres',
    onText: (changed) => window.told.texts.push(changed),
    onRun: (scope) => window.told.runs.push(scope),
    onProblem: (sentence) => window.told.problems.push(sentence),
  });
  window.editor.setNames(names);
}) as Window['open'];
