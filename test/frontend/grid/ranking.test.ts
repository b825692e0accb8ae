import * as fc from 'fast-check';
import type { Value, ValueKind } from '#contract/results.ts';
import { Ranking } from '../../../frontend/src/grid/ranking.ts';

function sorted(kind: ValueKind, values: Value[], descending = false): Value[] {
  const ranking = new Ranking();
  ranking.add(values);
  return Array.from(ranking.order(kind, { descending }), (row) => values[row] ?? null);
}

test('numbers are sorted as numbers, digit by digit where a float ends', () => {
  expect(sorted('number', ['10', '9', '-1', '9007199254740993', '9007199254740992', '1e2'])).toEqual([
    '-1',
    '9',
    '10',
    '1e2',
    '9007199254740992',
    '9007199254740993',
  ]);
});

test('NaN stands above infinity, as in PostgreSQL', () => {
  expect(sorted('number', ['NaN', 'Infinity', '-Infinity', '1e999', '5'])).toEqual([
    '-Infinity',
    '5',
    '1e999',
    'Infinity',
    'NaN',
  ]);
});

test('text is sorted as people do', () => {
  expect(sorted('text', ['b', 'Ä', 'a', 'B', 'z', ''])).toEqual(['', 'a', 'Ä', 'b', 'B', 'z']);
});

test('other kinds are sorted by their characters', () => {
  expect(sorted('uuid', ['b', 'B', 'a'])).toEqual(['B', 'a', 'b']);
  expect(sorted('boolean', ['t', 'f', 't'])).toEqual(['f', 't', 't']);
});

test('times are sorted by their moment', () => {
  expect(
    sorted('temporal', ['2026-10-25 02:10:00+01', '2026-10-25 02:30:00+02', 'infinity', '12026-01-01 00:00:00+00']),
  ).toEqual(['2026-10-25 02:30:00+02', '2026-10-25 02:10:00+01', '12026-01-01 00:00:00+00', 'infinity']);
  expect(sorted('temporal', ['zz', '2026-01-01', 'aa'])).toEqual(['2026-01-01', 'aa', 'zz']);
});

test('NULL stands last, up and down', () => {
  expect(sorted('number', [null, '2', null, '1'])).toEqual(['1', '2', null, null]);
  expect(sorted('number', [null, '2', null, '1'], true)).toEqual(['2', '1', null, null]);
});

test('equal values keep the order they came in, up and down', () => {
  const order = (descending: boolean) => {
    const ranking = new Ranking();
    ranking.add(['1.0', '2', '1.00', null]);
    ranking.add(['1', '2.0', null]);
    return [...ranking.order('number', { descending })];
  };
  expect(order(false)).toEqual([0, 2, 4, 1, 5, 3, 6]);
  expect(order(true)).toEqual([1, 5, 0, 2, 4, 3, 6]);
});

test('nothing sorts to nothing, and only NULLs stay as they are', () => {
  expect(sorted('text', [])).toEqual([]);
  expect(sorted('text', [null, null])).toEqual([null, null]);
});

test('any numbers come out in order, each row once', () => {
  const value = fc.option(fc.oneof(fc.bigInt().map(String), fc.double({ noNaN: true }).map(String)), { nil: null });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 3_000 }), fc.boolean(), (values, descending) => {
      const ranking = new Ranking();
      ranking.add(values);
      const order = [...ranking.order('number', { descending })];
      expect(new Set(order).size).toBe(values.length);
      const floats = order
        .map((row) => values[row] ?? null)
        .filter((text) => text !== null)
        .map(Number);
      for (const [index, float] of floats.entries()) {
        const before = floats[index - 1];
        if (before !== undefined) expect(descending ? before >= float : before <= float).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});
