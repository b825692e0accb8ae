import { EditorState } from '@codemirror/state';
import { gutterLineClass } from '@codemirror/view';
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { currentStatement } from '../../../frontend/src/editor/current-statement.ts';

const open = (doc: string, cursor = 0) =>
  EditorState.create({ doc, selection: { anchor: cursor }, extensions: currentStatement(SQL_DIALECTS.postgres) });

/** The numbers of the lines that are marked. */
function lines(state: EditorState): number[] {
  const found: number[] = [];
  for (const set of state.facet(gutterLineClass))
    set.between(0, state.doc.length, (from) => {
      found.push(state.doc.lineAt(from).number);
    });
  return found;
}

const SCRIPT = 'select 1;\n\nselect\n  2\nfrom t;\nselect 3';

test('the lines of the statement under the cursor are marked', () => {
  expect(lines(open(SCRIPT))).toEqual([1]);
  expect(lines(open(SCRIPT, 14))).toEqual([3, 4, 5]);
});

test('the marks follow the cursor and the text', () => {
  const state = open(SCRIPT);
  expect(lines(state.update({ selection: { anchor: SCRIPT.length } }).state)).toEqual([6]);
  expect(lines(state.update({ changes: { from: 8, to: 9 } }).state)).toEqual([1, 2, 3, 4, 5]);
});

test('an empty text has no marks', () => {
  expect(lines(open(''))).toEqual([]);
});

test('in a very long text typing moves the marks, and the cursor sets them anew', () => {
  const long = `select 1;\n${'-- filling\n'.repeat(40_000)}select 2`;
  const state = open(long);
  const typed = state.update({ changes: { from: 3, insert: '\n' } }).state;
  expect(lines(typed)).toEqual([1]);
  const anew = lines(typed.update({ selection: { anchor: typed.doc.length } }).state);
  // Of so long a statement only the first lines are marked.
  expect([anew[0], anew.length]).toEqual([3, 2_001]);
});
