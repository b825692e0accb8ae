import { EditorState } from '@codemirror/state';
import { errorMark, markedRange, setErrorMark } from '../../../frontend/src/editor/error-mark.ts';

const open = (doc: string) => EditorState.create({ doc, extensions: errorMark });
const mark = (state: EditorState, at: number) =>
  state.update({ effects: setErrorMark.of({ at, message: 'wrong' }) }).state;
const marked = (state: EditorState) => {
  const range = markedRange(state);
  return range && state.sliceDoc(range.from, range.to);
};

test('the word at the place is marked', () => {
  expect(marked(mark(open('select nope from t'), 7))).toBe('nope');
  expect(marked(mark(open('select nope from t'), 9))).toBe('nope');
});

test('a sign is marked alone, and at the end of a line what stands before it', () => {
  expect(marked(mark(open('select (1'), 7))).toBe('(');
  expect(marked(mark(open('select (\nfrom t'), 8))).toBe('(');
});

test('a place beyond the text is its end', () => {
  expect(marked(mark(open('select +'), 99))).toBe('+');
  expect(marked(mark(open(''), 0))).toBeUndefined();
});

test('the mark moves with its word, and goes when the word is edited', () => {
  const state = mark(open('select nope'), 7);
  const moved = state.update({ changes: { from: 0, insert: '-- first\n' } }).state;
  expect(markedRange(moved)).toEqual({ from: 16, to: 20 });
  expect(marked(moved.update({ changes: { from: 17, to: 18, insert: 'x' } }).state)).toBeUndefined();
});

test('another mark takes its place, and none takes it away', () => {
  const state = mark(mark(open('select a, b'), 7), 10);
  expect(marked(state)).toBe('b');
  expect(marked(state.update({ effects: setErrorMark.of(undefined) }).state)).toBeUndefined();
});
