import { dynamoSlots } from '#core/aws/store/store.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { stoppedClock } from '../../../support/ports.ts';

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
beforeAll(async () => {
  dynamo = await startDynamo('lodge');
});
afterAll(() => dynamo[Symbol.asyncDispose]());

let users = 0;
/** A user of whom nothing runs. */
function nobody() {
  users += 1;
  const { clock, pass } = stoppedClock();
  const slots = dynamoSlots(dynamo.documents, 'lodge', clock);
  return { pass, take: (most: number, seconds = 900) => slots.take(`user-${users}`, most, seconds) };
}

const refused = { code: 'TOO_MANY_STATEMENTS', status: 429 };

test('as many run at once as may, and one more when one has ended', async () => {
  const { take } = nobody();
  const [first] = await Promise.all([take(2), take(2)]);
  await expect(take(2)).rejects.toMatchObject({ ...refused, message: expect.stringContaining('2 scripts') });
  await first?.release();
  await first?.release();
  await take(2);
  await expect(take(2)).rejects.toMatchObject(refused);
});

test.each([1, 10, 37])('of fifty at once exactly %i get in', async (most) => {
  const { take } = nobody();
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => take(most)));
  const inside = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(inside).toHaveLength(most);
  for (const each of outcomes) if (each.status === 'rejected') expect(each.reason).toMatchObject(refused);
  await Promise.all(inside.map(({ release }) => release()));
  await take(1);
});

test('a slot frees itself, should its function have died', async () => {
  const { take, pass } = nobody();
  await take(1, 60);
  pass(59);
  await expect(take(1)).rejects.toMatchObject(refused);
  pass(1);
  await take(1);
});

test('what has run out is cleared at once by fifty that come together', async () => {
  const { take, pass } = nobody();
  await Promise.all(Array.from({ length: 10 }, () => take(10, 60)));
  pass(60);
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => take(10)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
});

test('users do not stand in each other’s way', async () => {
  const one = nobody();
  const take = one.take;
  await take(1);
  await nobody().take(1);
});

test('a limit that was lowered lets nobody in until enough have ended', async () => {
  const { take } = nobody();
  const [first] = await Promise.all([take(3), take(3), take(3)]);
  await first?.release();
  await expect(take(2)).rejects.toMatchObject(refused);
});

test('nothing but leases is kept, and the table lets go of them by itself', async () => {
  const { take } = nobody();
  await take(1);
  const item = (await dynamo.items()).find(({ sk }) => sk === `user-${users}`);
  expect(item).toEqual({ pk: 'RUNNING', sk: expect.any(String), ttl: expect.any(Number), leases: expect.any(Object) });
});
