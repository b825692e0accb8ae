import { createThrottle } from '#core/local/aws/throttle.ts';

test('after a burst calls are refused until time has passed', () => {
  const take = createThrottle({ burst: 2, perSecond: 1 });
  take('a', 0);
  take('a', 0);
  expect(() => take('a', 0)).toThrow('Rate exceeded');
  expect(() => take('a', 999)).toThrow('Rate exceeded');
  take('a', 1_000);
  expect(() => take('a', 1_000)).toThrow('Rate exceeded');
});

test('a bucket does not fill beyond its burst', () => {
  const take = createThrottle({ burst: 1, perSecond: 1 });
  take('a', 0);
  take('a', 60_000);
  expect(() => take('a', 60_000)).toThrow('Rate exceeded');
});

test('each key has a bucket of its own', () => {
  const take = createThrottle({ burst: 1, perSecond: 1 });
  take('a', 0);
  expect(() => take('b', 0)).not.toThrow();
});
