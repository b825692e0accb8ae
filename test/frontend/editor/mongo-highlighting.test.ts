import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { classHighlighter, highlightTree } from '@lezer/highlight';
import { mongoHighlighting } from '../../../frontend/src/editor/mongo-highlighting.ts';

/** Each piece that has a colour, with what it is taken for. */
function coloured(doc: string): string[] {
  const state = EditorState.create({ doc, extensions: mongoHighlighting });
  const tree = ensureSyntaxTree(state, doc.length, 10_000);
  const pieces: string[] = [];
  if (tree)
    highlightTree(tree, classHighlighter, (from, to, classes) => {
      pieces.push(`${classes.replaceAll('tok-', '')} ${doc.slice(from, to)}`);
    });
  return pieces;
}

test('words, names of fields, values and operators have colours of their own', () => {
  expect(coloured('db.a.find({ b: 1.5e3, c: "x", $or: true, d: null, e: /f+/i })')).toEqual([
    'keyword db',
    'propertyName b',
    'number 1.5e3',
    'propertyName c',
    'string "x"',
    'operator $or',
    'bool true',
    'propertyName d',
    'keyword null',
    'propertyName e',
    'string2 /f+/i',
  ]);
});

test('a comment and a text of several lines go on, and end where they end', () => {
  expect(coloured('/* one\ntwo */ db // three\n`four\nfive` use')).toEqual([
    'comment /* one',
    'comment two */',
    'keyword db',
    'comment // three',
    'string `four',
    'string five`',
    'keyword use',
  ]);
});

test('a name that JavaScript knows is a name like others', () => {
  expect(coloured('db.constructor.toString')).toEqual(['keyword db']);
});
