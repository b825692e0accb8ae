import { placeOfError } from '../../../frontend/src/features/query/error-place.ts';

const at = (script: string, from: number, position: number | undefined) =>
  placeOfError(script, { from, to: script.length }, position === undefined ? undefined : { native: { position } });

test('the first character has position 1', () => {
  expect(at('select x', 0, 1)).toBe(0);
  expect(at('select x', 0, 8)).toBe(7);
});

test('positions count from the start of the statement', () => {
  expect(at('select 1; select x', 10, 8)).toBe(17);
});

test('a character outside of the basic plane counts once and takes two', () => {
  expect(at("select '😀', x", 0, 13)).toBe(13);
  expect("select '😀', x".slice(13)).toBe('x');
});

test('a position beyond the statement is its end', () => {
  expect(at('select', 0, 99)).toBe(6);
  expect(placeOfError('select 1; select 2', { from: 0, to: 8 }, { native: { position: 50 } })).toBe(8);
});

test('an error without a position points nowhere', () => {
  expect(at('select', 0, undefined)).toBeUndefined();
  expect(placeOfError('x', { from: 0, to: 1 }, { native: { code: '42601' } })).toBeUndefined();
});
