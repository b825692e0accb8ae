import * as fc from 'fast-check';
import { ScaledScroll, TALLEST } from '../../../frontend/src/grid/scaled-scroll.ts';

const ROW = 24;
const VIEW = 600;
const TEN_MILLION = 10_000_000 * ROW;

function tall() {
  const scroll = new ScaledScroll();
  scroll.resize(TEN_MILLION, VIEW);
  return scroll;
}

test('a short list is as tall as it is, and its two positions are one', () => {
  const scroll = new ScaledScroll();
  scroll.resize(1_000 * ROW, VIEW);
  expect(scroll.height).toBe(1_000 * ROW);
  scroll.scrolled(5_000, { dragged: false });
  expect([scroll.virtual, scroll.settle()]).toEqual([5_000, 5_000]);
  scroll.scrolled(20_000, { dragged: true });
  expect(scroll.virtual).toBeCloseTo(20_000);
  expect(scroll.settle()).toBe(20_000);
});

test('a list of ten million rows is no taller than a browser can bear', () => {
  expect(tall().height).toBe(TALLEST);
});

test('a wheel moves by its own pixels however long the list', () => {
  const scroll = tall();
  scroll.scrolled(100, { dragged: false });
  scroll.scrolled(172, { dragged: false });
  expect(scroll.virtual).toBe(172);
});

test('settling moves the element and leaves the rows where they are', () => {
  const scroll = tall();
  scroll.scrolled(3_000_000, { dragged: true });
  scroll.scrolled(3_001_000, { dragged: false });
  const before = scroll.virtual;
  const physical = scroll.settle();
  expect(scroll.virtual).toBe(before);
  expect(physical).toBeGreaterThan(3_000_000);
  expect(physical).toBeLessThan(3_000_100);
});

test('a wheel that turns towards an end arrives there', () => {
  const scroll = tall();
  scroll.moveTo(3_000);
  for (let physical = scroll.settle(); physical > 0; physical = scroll.settle())
    scroll.scrolled(Math.max(0, physical - 100), { dragged: false });
  expect(scroll.virtual).toBe(0);
  const last = TEN_MILLION - VIEW;
  let turns = 0;
  scroll.moveTo(last - 3_000);
  for (; scroll.virtual < last; turns++)
    scroll.scrolled(Math.min(TALLEST - VIEW, scroll.settle() + 100), { dragged: false });
  expect(turns).toBe(30);
});

test('dragging the scrollbar from end to end reaches the first and the last row', () => {
  const scroll = tall();
  scroll.scrolled(TALLEST - VIEW, { dragged: true });
  expect(scroll.virtual).toBe(TEN_MILLION - VIEW);
  scroll.scrolled(0, { dragged: true });
  expect(scroll.virtual).toBe(0);
});

test('a jump of many screens is taken for a drag', () => {
  const scroll = tall();
  scroll.scrolled((TALLEST - VIEW) / 2, { dragged: false });
  expect(scroll.virtual).toBeCloseTo((TEN_MILLION - VIEW) / 2);
});

test('the end of the element before the end of the rows is a strain', () => {
  const scroll = tall();
  scroll.scrolled(60_000, { dragged: true });
  for (let physical = 58_000; physical >= 0; physical -= 2_000) scroll.scrolled(physical, { dragged: false });
  expect(scroll.virtual).toBeGreaterThan(0);
  expect(scroll.strained).toBe(true);
  scroll.settle();
  expect(scroll.strained).toBe(false);
});

test('revealing moves as little as needed, and not at all for what is in view', () => {
  const scroll = tall();
  expect(scroll.reveal(0, ROW)).toBeUndefined();
  scroll.reveal(5_000_000 * ROW, ROW);
  expect(scroll.virtual).toBe(5_000_001 * ROW - VIEW);
  expect(scroll.reveal(5_000_000 * ROW, ROW)).toBeUndefined();
  scroll.reveal(7 * ROW, ROW);
  expect(scroll.virtual).toBe(7 * ROW);
});

test('every row can be revealed, and stands in the viewport then', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: TALLEST }), (row, from) => {
      const scroll = tall();
      scroll.scrolled(from, { dragged: true });
      const physical = scroll.reveal(row * ROW, ROW);
      if (physical !== undefined) expect(physical).toBeLessThanOrEqual(TALLEST - VIEW);
      expect(row * ROW).toBeGreaterThanOrEqual(scroll.virtual);
      expect(row * ROW + ROW).toBeLessThanOrEqual(scroll.virtual + VIEW);
    }),
  );
});

test('a list that shrinks keeps the position inside', () => {
  const scroll = tall();
  scroll.moveTo(TEN_MILLION);
  expect(scroll.resize(10 * ROW, VIEW)).toBe(0);
  expect(scroll.virtual).toBe(0);
});

test('a list that grows while nobody scrolls stays where it is', () => {
  const scroll = new ScaledScroll();
  scroll.resize(1_000 * ROW, VIEW);
  scroll.scrolled(2_400, { dragged: false });
  scroll.resize(TEN_MILLION, VIEW);
  expect(scroll.virtual).toBe(2_400);
});

test('where the browser rounds, the rows do not move', () => {
  const scroll = tall();
  scroll.moveTo(123_456_789);
  scroll.arrived(3_086_420);
  expect(scroll.virtual).toBe(123_456_789);
  scroll.scrolled(3_086_430, { dragged: false });
  expect(scroll.virtual).toBe(123_456_799);
});

test('both positions tell each other, all the way', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: TEN_MILLION - VIEW }), (virtual) => {
      const scroll = tall();
      const physical = scroll.moveTo(virtual);
      scroll.scrolled(physical, { dragged: true });
      expect(Math.abs(scroll.virtual - virtual)).toBeLessThan(0.01);
    }),
  );
});
