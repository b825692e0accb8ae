import type { ResultEvent } from '#core/engines/engine.ts';
import { EventQueue } from '#core/engines/sql/event-queue.ts';

const large = () => new Uint8Array(500_000);
const record = { type: 'statement', statement: 0, from: 0, to: 1 } as const;

async function all(queue: EventQueue): Promise<ResultEvent[]> {
  const events: ResultEvent[] = [];
  for await (const event of queue.take()) events.push(event);
  return events;
}

describe('the queue of events', () => {
  it('gives events in their order, whether they were there before or come later', async () => {
    const queue = new EventQueue(() => undefined);
    queue.push({ ...record, statement: 1 });
    const taken = all(queue);
    await Promise.resolve();
    queue.push({ ...record, statement: 2 });
    queue.push({ ...record, statement: 3 });
    queue.end();
    expect(await taken).toEqual([1, 2, 3].map((statement) => ({ ...record, statement })));
  });

  it('says once when it is full and once when there is room again', async () => {
    const told: boolean[] = [];
    const queue = new EventQueue((full) => told.push(full));
    for (let i = 0; i < 4; i += 1) queue.push(large());
    expect(told).toEqual([true]);
    queue.end();
    await all(queue);
    expect(told).toEqual([true, false]);
  });

  it('lets a giver wait for room', async () => {
    const queue = new EventQueue(() => undefined);
    await queue.room();
    queue.push(large());
    queue.push(large());
    let roomy = false;
    const waiting = queue.room().then(() => {
      roomy = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(roomy).toBe(false);
    const taking = queue.take();
    await taking.next();
    await taking.next();
    await waiting;
    expect(roomy).toBe(true);
  });

  it('throws what it was ended with after the last event', async () => {
    const queue = new EventQueue(() => undefined);
    queue.push(record);
    queue.end(new Error('the end'));
    queue.push(record);
    queue.end();
    const taking = queue.take();
    expect((await taking.next()).value).toEqual(record);
    await expect(taking.next()).rejects.toThrow('the end');
  });

  it('lets everybody go on when it is abandoned', async () => {
    const told: boolean[] = [];
    const queue = new EventQueue((full) => told.push(full));
    queue.push(large());
    queue.push(large());
    const waiting = queue.room();
    queue.abandon();
    await waiting;
    queue.push(large());
    expect(told).toEqual([true, false]);
    expect(await all(queue)).toEqual([]);
  });
});
