import type { ResultColumn } from '#contract/results.ts';
import { NARROWEST, WIDEST } from '../../../frontend/src/grid/column-layout.ts';
import { firstWidth, fittingWidth, headerWidth } from '../../../frontend/src/grid/column-widths.ts';

const FONTS = { mono: 10, text: 5 };
const column = (name: string, more: Partial<ResultColumn> = {}): ResultColumn => ({
  name,
  type: 'text',
  kind: 'text',
  ...more,
});

test('a column is as wide as its name needs, with room for a key and for sorting', () => {
  const plain = headerWidth(column('name'), FONTS);
  expect(headerWidth(column('longer name'), FONTS)).toBe(plain + 7 * FONTS.text);
  expect(headerWidth(column('name', { key: true }), FONTS)).toBeGreaterThan(plain);
});

test('a long type does not make a column wide', () => {
  const short = headerWidth(column('at', { type: 'timestamp' }), FONTS);
  expect(headerWidth(column('at', { type: 'timestamp with time zone' }), FONTS)).toBe(short);
});

test('the widest value decides', () => {
  const narrow = fittingWidth(column('x'), ['a'], FONTS);
  const wide = fittingWidth(column('x'), ['a', 'a'.repeat(30), null], FONTS);
  expect(wide).toBeGreaterThan(narrow);
  expect(wide).toBeGreaterThanOrEqual(300);
});

test('characters that are twice as wide count twice', () => {
  const latin = fittingWidth(column('x'), ['a'.repeat(20)], FONTS);
  expect(fittingWidth(column('x'), ['漢'.repeat(20)], FONTS)).toBe(latin + 20 * FONTS.mono);
});

test('a column begins within reason, and fits whole when asked to', () => {
  const long = ['x'.repeat(90)];
  expect(firstWidth(column('x'), long, FONTS)).toBe(360);
  expect(fittingWidth(column('x'), long, FONTS)).toBeGreaterThan(900);
  expect(fittingWidth(column('x'), ['x'.repeat(5_000)], FONTS)).toBe(WIDEST);
});

test('a long name is shown whole from the beginning', () => {
  const name = 'n'.repeat(100);
  expect(firstWidth(column(name), [], FONTS)).toBe(Math.round(headerWidth(column(name), FONTS)));
});

test('no column is narrower than can be held', () => {
  expect(fittingWidth(column('', { type: '' }), [], { mono: 0, text: 0 })).toBeGreaterThanOrEqual(NARROWEST);
});
