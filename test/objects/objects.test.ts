import type { Names, NodePath, ObjectDescription } from '#contract/objects.ts';
import type { Connection } from '#core/engines/engine.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { objects } from '../../lambdas/objects/objects.ts';
import { fakeDatabases, shopClaims } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { standing } from '../support/ports.ts';

const session = sessionOf('reader');
const context = { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: new AbortController().signal };
const input = <B>(body: B) => ({ params: undefined, query: undefined, body });
const path: NodePath = [{ kind: 'schema', name: 'shop' }];

async function setup(answers: Partial<Connection>) {
  const { databases, seen } = fakeDatabases(answers);
  return {
    handlers: objects({ databases }),
    seen,
    connection: await sealConnection(session, shopClaims),
  };
}

describe('the object tree', () => {
  it('answers one level', async () => {
    const nodes = [{ kind: 'table' as const, name: 'orders', expandable: true }];
    const { handlers, connection } = await setup({ children: async (asked) => (asked === path ? nodes : []) });
    expect(await handlers.children(input({ connection, path }), context)).toEqual({ nodes });
  });

  it('answers all names', async () => {
    const names: Names = { types: ['integer'], tables: [['shop', 'orders', 'table', ['id', 0]]] };
    const { handlers, connection } = await setup({ names: async () => names });
    expect(await handlers.names(input({ connection }), context)).toEqual(names);
  });

  it('describes one object', async () => {
    const description = { kind: 'table', path, columns: [], keys: [], indexes: [], ddl: '' } as ObjectDescription;
    const { handlers, connection } = await setup({ describe: async () => description });
    expect(await handlers.describe(input({ connection, path }), context)).toBe(description);
  });

  it('opens the database as the connection was sealed, and closes it again', async () => {
    const { handlers, connection, seen } = await setup({ children: async () => [] });
    await handlers.children(input({ connection, path: [] }), context);
    expect(seen.asked[0]?.claims).toEqual(shopClaims);
    expect(seen).toMatchObject({ opened: 1, closed: 1 });
  });

  it('closes the connection also when the database fails', async () => {
    const { handlers, connection, seen } = await setup({ children: () => Promise.reject(new Error('gone')) });
    await expect(handlers.children(input({ connection, path: [] }), context)).rejects.toThrow('gone');
    expect(seen).toMatchObject({ opened: 1, closed: 1 });
  });

  it("refuses another session's connection before any database is opened", async () => {
    const { handlers, seen } = await setup({});
    const foreign = await sealConnection({ ...session, id: 'another' }, shopClaims);
    const refused = handlers.names(input({ connection: foreign }), context);
    await expect(refused).rejects.toMatchObject({ code: 'CONNECTION_INVALID' });
    expect(seen.opened).toBe(0);
  });
});
