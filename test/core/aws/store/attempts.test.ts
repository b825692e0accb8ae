import type { AppError } from '#contract/errors.ts';
import { attemptItems, MOST } from '#core/aws/store/attempts.ts';
import { tableOf } from '#core/aws/store/table.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { stoppedClock } from '../../../support/ports.ts';

const WINDOW = 600;
/** The same rules with smaller numbers, for each attempt is three writes. */
const most = { address: 40, keyThere: 10, key: 60 };

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
beforeAll(async () => {
  dynamo = await startDynamo('lodge');
});
afterAll(() => dynamo[Symbol.asyncDispose]());

/** A time, and so counters, of its own for each test: an hour later than the last. */
let hours = 0;
function door(at = 0) {
  hours += 1;
  const { clock, pass } = stoppedClock(new Date(Date.UTC(2026, 10, 23, hours, 0, at)).toISOString());
  return { ...attemptItems(tableOf(dynamo.documents, 'lodge'), clock, most), pass };
}

const key = (number: number) => `AKIATESTONLY${String(number).padStart(8, '0')}`;
const here = '192.0.2.1';
const attempt = (accessKeyId = key(0), address = here) => ({ accessKeyId, address });

const codeOf = (counted: Promise<void>): Promise<string | undefined> =>
  counted.then(
    () => undefined,
    (error: AppError) => error.code,
  );
/** Many at once; how many were let through. */
async function through(counts: readonly Promise<void>[]): Promise<number> {
  const codes = await Promise.all(counts.map(codeOf));
  expect(codes.filter((code) => code !== undefined && code !== 'TOO_MANY_ATTEMPTS')).toEqual([]);
  return codes.filter((code) => code === undefined).length;
}

test('of many at once with one key from one address, exactly as many are let through as may fail', async () => {
  const { count } = door();
  expect(await through(Array.from({ length: 25 }, () => count(attempt())))).toBe(most.keyThere);
  expect(await codeOf(count(attempt()))).toBe('TOO_MANY_ATTEMPTS');
});

test('another key, and another address, are counted by themselves', async () => {
  const { count } = door();
  await through(Array.from({ length: 15 }, () => count(attempt())));
  expect(await codeOf(count(attempt(key(1))))).toBeUndefined();
  expect(await codeOf(count(attempt(key(0), '192.0.2.2')))).toBeUndefined();
});

test('an address that tries one key after the other is stopped too', async () => {
  const { count } = door();
  const tried = Array.from({ length: most.address + 10 }, (_, at) => count(attempt(key(at))));
  expect(await through(tried)).toBe(most.address);
  expect(await codeOf(count(attempt(key(9_999))))).toBe('TOO_MANY_ATTEMPTS');
});

test('a key that is tried from everywhere is stopped, but not by what one address could do', async () => {
  const { count } = door();
  for (let at = 0; at < most.key / most.keyThere; at += 1) {
    const tried = Array.from({ length: most.keyThere + 1 }, () => count(attempt(key(0), `198.51.100.${at}`)));
    expect(await through(tried)).toBe(most.keyThere);
  }
  expect(await codeOf(count(attempt()))).toBe('TOO_MANY_ATTEMPTS');
  expect(await codeOf(count(attempt(key(1))))).toBeUndefined();
  for (const numbers of [MOST, most]) expect(numbers.key).toBeGreaterThan(numbers.address);
});

test('an IPv6 network of one subscriber is one address', async () => {
  const { count } = door();
  const tried = Array.from({ length: 15 }, (_, at) => count(attempt(key(0), `2001:db8:1:2::${at.toString(16)}`)));
  expect(await through(tried)).toBe(most.keyThere);
  expect(await codeOf(count(attempt(key(0), '2001:db8:1:3::1')))).toBeUndefined();
});

test('a success makes up for the failures of its key, and for itself at the address', async () => {
  const { count, succeeded } = door();
  await through(Array.from({ length: most.keyThere - 1 }, () => count(attempt())));
  for (let signedIn = 0; signedIn < 3; signedIn += 1) {
    expect(await codeOf(count(attempt()))).toBeUndefined();
    await succeeded(attempt());
  }
  expect(await through(Array.from({ length: 15 }, () => count(attempt())))).toBe(most.keyThere);
  const others = Array.from({ length: most.address }, (_, at) => count(attempt(key(1 + at))));
  // The address has seen what its key was refused for, too.
  expect(await through(others)).toBe(most.address - (most.keyThere - 1) - 15);
});

test('an attempt of which nobody learned anything is none, and leaves the failures before it', async () => {
  const { count, undecided } = door();
  await through(Array.from({ length: most.keyThere - 1 }, () => count(attempt())));
  for (let outage = 0; outage < 3; outage += 1) {
    expect(await codeOf(count(attempt()))).toBeUndefined();
    await undecided(attempt());
  }
  expect(await through(Array.from({ length: 5 }, () => count(attempt())))).toBe(1);
});

test('as many may sign in at once as may fail, again and again', async () => {
  const { count, succeeded } = door();
  const people = Array.from({ length: most.address }, (_, at) => attempt(key(at)));
  expect(await through(people.map(count))).toBe(people.length);
  await Promise.all(people.map(succeeded));
  expect(await through(people.map(count))).toBe(people.length);
});

test('failures are forgotten when their window ends, and it is said when that is', async () => {
  const { count, pass } = door(100);
  await through(Array.from({ length: 15 }, () => count(attempt())));
  await expect(count(attempt())).rejects.toMatchObject({
    status: 429,
    message: 'Too many attempts to sign in. Wait some minutes, then try again.',
    details: { retryAfterSeconds: WINDOW - 100 },
  });
  pass(WINDOW - 101);
  expect(await codeOf(count(attempt()))).toBe('TOO_MANY_ATTEMPTS');
  pass(1);
  expect(await codeOf(count(attempt()))).toBeUndefined();
});

test('a success that comes after its window has ended leaves nothing below zero', async () => {
  const { count, succeeded, pass } = door(WINDOW - 1);
  await count(attempt());
  pass(1);
  await succeeded(attempt());
  expect(await through(Array.from({ length: most.address + 5 }, (_, at) => count(attempt(key(at)))))).toBe(
    most.address,
  );
});

test('neither the id of a key nor an address is kept, and the table lets go of the counters by itself', async () => {
  await door().count(attempt(key(42), '203.0.113.77'));
  const items = (await dynamo.items()).filter(({ pk }) => pk === 'ATTEMPTS');
  expect(JSON.stringify(items)).not.toMatch(/AKIA|203\.0\.113/);
  for (const item of items) expect(Object.keys(item).toSorted()).toEqual(['attempts', 'pk', 'sk', 'ttl']);
});

test('without the table nobody is let through, and a success is none the worse', async () => {
  const { clock } = stoppedClock();
  const { count, succeeded } = attemptItems(tableOf(dynamo.documents, 'no-such-table'), clock);
  await expect(count(attempt())).rejects.toMatchObject({ code: 'INTERNAL' });
  await succeeded(attempt());
});
