/** A server says in its greeting who else belongs to its cluster. Whoever controls it must not make Lodge go there. */
import net from 'node:net';
import type { Document } from 'mongodb';
import { documentdb } from '#core/engines/documentdb/documentdb.ts';
import { listen } from '#core/local/listen.ts';
import { startScriptedServer } from './scripted-server.ts';

const { signal } = new AbortController();

/** Greetings of a member of a cluster whose other members are somewhere else. */
const GREETINGS: Readonly<Record<string, (there: string) => Document>> = {
  'the others of its set': (there) => ({ setName: 'rs0', setVersion: 1, hosts: [there], me: there, primary: there }),
  'another primary': (there) => ({
    ismaster: false,
    isWritablePrimary: false,
    secondary: true,
    setName: 'rs0',
    setVersion: 1,
    hosts: [there],
    primary: there,
    me: 'localhost:1',
  }),
  'passive members and arbiters': (there) => ({
    setName: 'rs0',
    setVersion: 1,
    hosts: ['localhost:1'],
    passives: [there],
    arbiters: [there],
  }),
};

test.each(Object.keys(GREETINGS))('a server that names %s is spoken to alone', async (named) => {
  await using elsewhere = await countingDials();
  await using server = await startScriptedServer({
    hello: GREETINGS[named]?.(`127.0.0.1:${elsewhere.port}`) ?? {},
    answers: { listDatabases: () => ({ databases: [{ name: 'test' }] }) },
  });
  {
    await using connection = await documentdb.connect(server.target, server.login, { readOnly: true, signal });
    expect(connection.about).toEqual({ version: '5.0.0', user: 'curator', database: 'test' });
    expect(await connection.children([])).toEqual([{ kind: 'database', name: 'test', expandable: true }]);
  }
  expect(elsewhere.dials()).toBe(0);
});

/** Somewhere that counts who comes, and lets nobody in. */
async function countingDials() {
  let dials = 0;
  const { port, close } = await listen(
    net.createServer((socket) => {
      dials += 1;
      socket.destroy();
    }),
  );
  return { port, dials: () => dials, [Symbol.asyncDispose]: close };
}
