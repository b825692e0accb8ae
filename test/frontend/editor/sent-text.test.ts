import { lineAndColumn, partOf, type SentText } from '../../../frontend/src/editor/sent-text.ts';

const sent: SentText = { text: 'select 1;\nselect\n  x', from: 100, line: 7, column: 5 };

test('a place on the first line counts from where the text began', () => {
  expect(lineAndColumn(sent, 0)).toBe('Line 7, column 5');
  expect(lineAndColumn(sent, 7)).toBe('Line 7, column 12');
});

test('a place on a later line counts from its margin', () => {
  expect(lineAndColumn(sent, 10)).toBe('Line 8, column 1');
  expect(lineAndColumn(sent, 19)).toBe('Line 9, column 3');
});

test('a part is a text of its own, at its own place', () => {
  expect(partOf(sent, { from: 10, to: 20 })).toEqual({ text: 'select\n  x', from: 110, line: 8, column: 1 });
  expect(partOf(sent, { from: 7, to: 8 })).toEqual({ text: '1', from: 107, line: 7, column: 12 });
});
