import type { ResultColumn } from '#contract/results.ts';
import { contains, findRows } from '../../../frontend/src/grid/find-rows.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';

const COLUMNS: ResultColumn[] = [
  { name: 'name', type: 'text', kind: 'text' },
  { name: 'note', type: 'text', kind: 'text' },
  { name: 'on', type: 'boolean', kind: 'boolean' },
];
const store = new ResultStore(COLUMNS, () => undefined);
store.append(
  writeRowsLine({
    count: 3,
    values: [
      ['Ada', 'Grace', 'Edsger'],
      ['first "programmer"', null, 'said: go to\nconsidered harmful'],
      ['t', 'f', null],
    ],
  }),
);
store.append(
  writeRowsLine({
    count: 2,
    values: [
      ['Barbara', 'ada lovelace'],
      [null, 'größer als'],
      ['f', 't'],
    ],
  }),
);

const never = new AbortController().signal;
const found = async (text: string) => [...(await findRows(store, text, never))];

test.each([
  ['ADA', [0, 4]],
  ['grace', [1]],
  ['r', [0, 1, 2, 3, 4]],
  ['GRÖSSER', []],
  ['Größer', [4]],
  ['"programmer"', [0]],
  ['go to\nconsidered', [2]],
  ['nothing like it', []],
  ['null', []],
])('rows that contain %p', async (text, rows) => {
  expect(await found(text)).toEqual(rows);
});

test('booleans are found as the words that are shown', async () => {
  expect(await found('true')).toEqual([0, 4]);
  expect(await found('fals')).toEqual([1, 3]);
});

test('a letter of the record around the values finds nothing', async () => {
  expect(await found('values')).toEqual([]);
  expect(await found('count')).toEqual([]);
});

test('a search can be stopped', async () => {
  await expect(findRows(store, 'ada', AbortSignal.abort(new Error('typed on')))).rejects.toThrow('typed on');
});

test('an empty text is contained in nothing', () => {
  expect(contains('anything', '')).toBe(false);
  expect(contains('AnyThing', 'thing')).toBe(true);
});
