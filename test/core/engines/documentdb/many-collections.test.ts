import { Long } from 'mongodb';
import { documentdb } from '#core/engines/documentdb/documentdb.ts';
import { startScriptedServer } from './scripted-server.ts';

const { signal } = new AbortController();
const PATH = [{ kind: 'database' as const, name: 'test' }];

/** A server whose list of collections has so many batches of a thousand. */
const listing = (batches: number) => {
  const batch = (at: number) =>
    Array.from({ length: 1_000 }, (_, index) => ({ name: `c-${at}-${index}`, type: 'collection' }));
  let at = 0;
  const cursor = (of: 'firstBatch' | 'nextBatch') => {
    at += 1;
    const id = Long.fromNumber(at < batches ? 42 : 0);
    return { cursor: { id, ns: 'test.$cmd.listCollections', [of]: batch(at) } };
  };
  return startScriptedServer({
    answers: {
      listDatabases: () => ({ databases: [{ name: 'test' }] }),
      listCollections: () => cursor('firstBatch'),
      getMore: () => cursor('nextBatch'),
      killCursors: () => ({ cursorsKilled: [Long.fromNumber(42)] }),
    },
  });
};
const commands = (asked: readonly object[]) =>
  asked.map((body) => Object.keys(body)[0]).filter((name) => /Collections|getMore|killCursors/.test(name ?? ''));

test('a list of collections is read to its end, batch by batch', async () => {
  await using server = await listing(3);
  await using connection = await documentdb.connect(server.target, server.login, { readOnly: true, signal });
  const found = await connection.children(PATH);
  expect(found).toHaveLength(3_000);
  expect(found.at(-1)).toEqual({ kind: 'collection', name: 'c-3-999', expandable: true });
  expect(commands(server.asked)).toEqual(['listCollections', 'getMore', 'getMore']);
});

test('a list without an end is left after a hundred thousand, and its cursor closed', async () => {
  await using server = await listing(Number.POSITIVE_INFINITY);
  await using connection = await documentdb.connect(server.target, server.login, { readOnly: true, signal });
  expect(await connection.children(PATH)).toHaveLength(100_000);
  expect(commands(server.asked).at(-1)).toBe('killCursors');
});
