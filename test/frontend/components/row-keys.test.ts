import { rowMove } from '../../../frontend/src/components/row-keys.ts';

describe('a key in a table of a hundred rows', () => {
  it.each([
    ['ArrowDown', 4, 5],
    ['ArrowUp', 4, 3],
    ['ArrowUp', 0, 0],
    ['ArrowDown', 99, 99],
    ['PageDown', 4, 14],
    ['PageDown', 95, 99],
    ['PageUp', 4, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['ArrowDown', -1, 0],
  ])('%s leads from %i to %i', (key, at, to) => expect(rowMove(key, at, 100, 10)).toBe(to));
  it('that is none of these leads nowhere', () => expect(rowMove('x', 4, 100, 10)).toBeUndefined());
  it('leads nowhere where there is no row', () => expect(rowMove('End', -1, 0, 10)).toBeUndefined());
});
