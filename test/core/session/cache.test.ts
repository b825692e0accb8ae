import { Cache } from '#core/session/cache.ts';
import { stoppedClock } from '../../support/ports.ts';

const small = () => {
  const { clock, pass } = stoppedClock();
  return { cache: new Cache<number>({ size: 2, ttlMs: 5_000, clock }), pass };
};

test('a value is held until its time is over', () => {
  const { cache, pass } = small();
  cache.set('a', 1);
  pass(4.999);
  expect(cache.get('a')).toBe(1);
  pass(0.001);
  expect(cache.get('a')).toBeUndefined();
});

test('reading a value does not prolong it', () => {
  const { cache, pass } = small();
  cache.set('a', 1);
  for (let second = 0; second < 5; second += 1) {
    cache.get('a');
    pass(1);
  }
  expect(cache.get('a')).toBeUndefined();
});

test('setting a value again does', () => {
  const { cache, pass } = small();
  cache.set('a', 1);
  pass(4);
  cache.set('a', 2);
  pass(4);
  expect(cache.get('a')).toBe(2);
});

test('it never holds more than it may, and lets the longest unused go', () => {
  const { cache } = small();
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

test('what is deleted is gone', () => {
  const { cache } = small();
  cache.set('a', 1);
  cache.delete('a');
  expect(cache.get('a')).toBeUndefined();
});
