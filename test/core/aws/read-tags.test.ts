import { AppError, type ErrorCode } from '#contract/errors.ts';
import { readTags } from '#core/aws/read-tags.ts';

const action = 'some:ListTags';
const ids = Array.from({ length: 40 }, (_, index) => `id-${index}`);

/** Reads them where these fail so. */
async function reading(failing: (id: string, call: number) => ErrorCode | undefined, more: object = {}) {
  const asked: string[] = [];
  const result = await readTags(ids, {
    action,
    async read(id) {
      asked.push(id);
      const code = failing(id, asked.length);
      if (code) throw new AppError(code);
      return { id };
    },
    ...more,
  });
  return { ...result, asked };
}

test('reads the tags of each, and fails for none', async () => {
  const { tags, unread, asked } = await reading(() => undefined);
  expect([tags.size, unread, asked]).toEqual([40, [], ids]);
  expect(tags.get('id-7')).toEqual({ id: 'id-7' });
});

test('goes on where one is denied or gone: a policy may allow the others', async () => {
  const { tags, unread } = await reading(
    (id) => (({ 'id-0': 'AWS_DENIED', 'id-5': 'RESOURCE_NOT_FOUND' }) as const)[id],
  );
  expect(tags.size).toBe(38);
  expect(unread).toEqual([{ action, why: 'denied' }]);
});

test('gives up where the first ten are denied and nothing is allowed', async () => {
  const { tags, unread, asked } = await reading(() => 'AWS_DENIED');
  expect([tags.size, asked.length]).toEqual([0, 10]);
  expect(unread).toEqual([{ action, why: 'denied' }]);
});

test.each([
  ['THROTTLED', 'throttled'],
  ['AWS_UNAVAILABLE', 'failed'],
] as const)('stops at %s, and keeps what was read until then', async (code, why) => {
  const { tags, unread, asked } = await reading((_, call) => (call === 4 ? code : undefined));
  expect([tags.size, asked.length, unread]).toEqual([3, 4, [{ action, why }]]);
});

test('fails with what ends a session: nobody may take it for missing tags', async () => {
  await expect(reading(() => 'SESSION_EXPIRED')).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
  await expect(readTags(['a'], { action, read: () => Promise.reject(new TypeError('a fault')) })).rejects.toThrow(
    TypeError,
  );
});

test('has no more calls under way than it may', async () => {
  let running = 0;
  let most = 0;
  const read = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return {};
  };
  expect((await readTags(ids, { action, read, atOnce: 3 })).tags.size).toBe(40);
  expect(most).toBe(3);
});

test('stops where its time is over, and counts the rest as throttled', async () => {
  let calls = 0;
  const { tags, unread } = await reading(() => undefined, { isOver: () => calls++ >= 5 });
  expect([tags.size, unread]).toEqual([5, [{ action, why: 'throttled' }]]);
});
