import { inTurn, median } from '../../bench/rounds.ts';

test('the median is the value in the middle, whatever the order', () => {
  expect(median([30, 10, 20])).toBe(20);
  expect(median([7])).toBe(7);
  expect(median([4, 1, 3, 2])).toBe(3);
  expect(median([])).toBeNaN();
});

test('the median of numbers goes by their size, not by their digits', () => {
  expect(median([100, 9, 20])).toBe(20);
});

test('what is compared takes turns, and the first round does not count', async () => {
  const order: string[] = [];
  const measure = (name: string) => async () => {
    order.push(name);
    return order.length;
  };
  const results = await inTurn({ a: measure('a'), b: measure('b') }, 2);
  expect(order.join('')).toBe('ababab');
  expect(results).toEqual({ a: [3, 5], b: [4, 6] });
});

test('one that fails ends the rounds', async () => {
  const fails = () => Promise.reject(new Error('no rows'));
  await expect(inTurn({ fails, never: async () => 1 }, 1)).rejects.toThrow('no rows');
});
