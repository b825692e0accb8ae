import { Pausing } from '#core/engines/pausing.ts';

const due = { maxRows: 1, timeoutSeconds: 1, pauseAfterMs: 0, signal: new AbortController().signal };
const nothing = { leaves: false };

test('a script that is not asked to is never left', () => {
  const { pauseAfterMs: _, ...options } = due;
  const pausing = new Pausing(options);
  expect(pausing.rest(['a', 'b'])).toEqual([
    [0, 'a'],
    [1, 'b'],
  ]);
  expect(pausing.before(1)).toBeUndefined();
});

test('the statement that it begins with is always run', () => {
  const pausing = new Pausing({ ...due, from: 1 });
  expect(pausing.rest(['a', 'b', 'c'])).toEqual([
    [1, 'b'],
    [2, 'c'],
  ]);
  expect([pausing.before(1), pausing.paused]).toEqual([undefined, false]);
  pausing.after(1, nothing);
  expect([pausing.before(2), pausing.paused]).toEqual([{ type: 'pause', statement: 2 }, true]);
});

test('what a statement has left for good holds the script to its end, which is said once', () => {
  const pausing = new Pausing(due);
  pausing.after(0, { leaves: true });
  expect(pausing.before(1)).toEqual({ type: 'pause', statement: 1, heldBy: 0 });
  pausing.after(1, nothing);
  expect([pausing.before(2), pausing.paused]).toEqual([undefined, false]);
});

test('a transaction holds it until it has ended', () => {
  const pausing = new Pausing(due);
  pausing.after(0, { ...nothing, open: true });
  pausing.after(1, { ...nothing, open: true });
  expect(pausing.before(2)).toEqual({ type: 'pause', statement: 2, heldBy: 0 });
  pausing.after(2, nothing);
  expect([pausing.before(3), pausing.paused]).toEqual([{ type: 'pause', statement: 3 }, true]);
});

test('so does a statement to come that asks for what was left, until it has run', () => {
  const pausing = new Pausing(due, { asking: 1 });
  pausing.after(0, nothing);
  expect(pausing.before(1)).toEqual({ type: 'pause', statement: 1, heldBy: 1 });
  pausing.after(1, nothing);
  expect(pausing.before(2)).toEqual({ type: 'pause', statement: 2 });
});
