/** FerretDB or mongod, with documents of eight fields, some nested. */
import { startServer } from '../../test/core/engines/documentdb/server.ts';
import type { DatabaseDoor, Sizes } from '../readers/reader.ts';
import type { Store } from './store.ts';

const AT_ONCE = 2_000;

export async function startDocumentStore({ many }: Sizes): Promise<Store<DatabaseDoor>> {
  const server = await startServer();
  const { door } = server;
  const events = server.client.db(door.target.database).collection<Event>('events');
  for (let from = 0; from < many; from += AT_ONCE)
    await events.insertMany(Array.from({ length: AT_ONCE }, (_, index) => event(from + index)));
  return { door, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const KINDS = ['view', 'search', 'basket', 'order'];

const event = (id: number) => ({
  _id: id,
  visitor: (id * 7_919) % 100_003,
  kind: KINDS[id % 4] ?? '',
  at: new Date(Date.UTC(2026, 0, 1) + id * 1_000),
  ratio: id / 7,
  page: `/products/${id % 5_000}/details`,
  note: id % 10 === 0 ? 'A longer note, with “quotes”' : null,
  data: { source: 'mail', score: id % 100, tags: ['new', 'spring'] },
});
type Event = ReturnType<typeof event>;
