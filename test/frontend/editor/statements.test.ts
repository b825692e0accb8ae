import { Text } from '@codemirror/state';
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { statementAt, statementsOf, textAround } from '../../../frontend/src/editor/statements.ts';

const DIALECT = SQL_DIALECTS.postgres;
/** The text at a `|`, and what is meant by that place. */
function at(marked: string) {
  const cursor = marked.indexOf('|');
  const doc = Text.of(marked.replace('|', '').split('\n'));
  const ranges = statementsOf(doc, DIALECT);
  const range = statementAt(doc, ranges, cursor);
  const around = textAround(doc, ranges, cursor);
  return {
    statement: range && doc.sliceString(range.from, range.to),
    around: `${around.text.slice(0, cursor - around.from)}|${around.text.slice(cursor - around.from)}`,
  };
}

test.each([
  ['sel|ect 1; select 2', 'select 1'],
  ['|select 1', 'select 1'],
  ['select 1|', 'select 1'],
  ['select 1|; select 2', 'select 1'],
  ['select 1;| select 2', 'select 1'],
  ['select 1; |select 2', 'select 2'],
  ['select 1;  -- done|\nselect 2', 'select 1'],
  ['select 1;\n|\nselect 2;', 'select 2'],
  ['select 1;\nselect 2;\n\n|', 'select 2'],
  ["select ';|'; select 2", "select ';'"],
  ['|', undefined],
  ['-- only a comment|', undefined],
])('at %p the statement is %p', (marked, statement) => {
  expect(at(marked).statement).toBe(statement);
});

test('a text is split once', () => {
  const doc = Text.of(['select 1; select 2']);
  expect(statementsOf(doc, DIALECT)).toBe(statementsOf(doc, DIALECT));
  expect(statementsOf(doc, DIALECT)).toHaveLength(2);
});

test('without a dialect the whole text is one statement', () => {
  expect(statementsOf(Text.of(['', ' a; b ', '']), undefined)).toEqual([{ from: 2, to: 6 }]);
  expect(statementsOf(Text.of([' ', '']), undefined)).toEqual([]);
});

test.each([
  ['select a| from t; select 2', 'select a| from t'],
  ['select 1; select b |', 'select b |'],
  ['select 1;|', '|'],
  ['select 1; |\nselect 2', '|'],
  ['select a from \n|', 'select a from \n|'],
  ['|', '|'],
])('completion at %p reads %p', (marked, around) => {
  expect(at(marked).around).toBe(around);
});
