import { createServer, type Socket } from 'node:net';
import { Binary, type Document } from 'mongodb';
import { documentdb } from '#core/engines/documentdb/documentdb.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { startDocumentGateway } from '#core/local/documentdb/start-gateway.ts';
import { answer, type Command, failure, readCommand } from '#core/local/documentdb/wire.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { until } from '../../../e2e/until.ts';
import { collect } from '../collect.ts';

/**
 * A server that answers as MongoDB documents `currentOp` and `killOp`: the operations that run, each with the session of the
 * client that sent it, and for one that is killed the error Interrupted. What is asked of `endless` waits for that.
 */
function playServer(tells: 'above' | 'within' | 'nothing') {
  const running = new Map<number, { readonly command: Document; end(): void }>();
  const killed: number[] = [];
  let last = 100;
  const inprog = () => [
    { type: 'op', opid: 1, active: true, op: 'none', desc: 'monitor' },
    { type: 'op', opid: 2, active: true, lsid: { id: new Binary(Buffer.alloc(16, 7), 4) }, ns: 'test.endless' },
    ...[...running].map(([opid, { command }]) => ({
      ...{ type: 'op', opid, active: true, op: 'query', ns: 'test.endless' },
      ...(tells === 'above' ? { lsid: command.lsid, command: { find: 'endless' } } : { command }),
    })),
  ];
  const replies: Readonly<Record<string, (body: Document) => Document>> = {
    buildInfo: () => ({ version: '5.0.0', ok: 1 }),
    connectionStatus: () => ({ authInfo: { authenticatedUsers: [] }, ok: 1 }),
    currentOp: ({ $db }) =>
      tells === 'nothing' || $db !== 'admin'
        ? failure(13, 'Unauthorized', 'not authorized on admin to execute command')
        : { inprog: inprog(), ok: 1 },
    killOp({ op }) {
      killed.push(op);
      running.get(op)?.end();
      return { info: 'attempting to kill op', ok: 1 };
    },
  };
  async function serve(socket: Socket): Promise<void> {
    const say = (command: Command, body: Document) => socket.write(answer(command, body));
    while (true) {
      const command = await readCommand(socket);
      const { name, body } = command;
      if (body.find !== 'endless') say(command, replies[name]?.(body) ?? { ok: 1 });
      else {
        last += 1;
        const end = () => say(command, failure(11601, 'Interrupted', 'operation was interrupted'));
        running.set(last, { command: body, end });
      }
    }
  }
  const server = createServer((socket) => {
    socket.on('error', () => {});
    serve(socket).catch(() => socket.destroy());
  });
  return { server, running, killed };
}

async function open(tells: Parameters<typeof playServer>[0]) {
  await using starting = new AsyncDisposableStack();
  const played = playServer(tells);
  await new Promise<void>((resolve) => played.server.listen(0, '127.0.0.1', resolve));
  starting.defer(() => void played.server.close());
  const { port = 0 } = Object(played.server.address());
  const certificates = makeCertificates();
  const gateway = starting.use(
    await startDocumentGateway({
      server: { address: { host: '127.0.0.1', port } },
      registry: createRegistry(Buffer.alloc(32, 17)),
      certificates,
      passwords: { curator: 'not-a-secret' },
      identities: [],
    }),
  );
  const target = { host: 'localhost', port: gateway.port, database: 'test', ca: certificates.ca };
  const login = { user: 'curator', password: 'not-a-secret' };
  const options = { readOnly: false, signal: new AbortController().signal };
  const connect = async () => starting.use(await documentdb.connect(target, login, options));
  const connections = [await connect(), await connect()] as const;
  const opened = starting.move();
  return { ...played, connections, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

test.each(['above', 'within'] as const)(
  'a cancel kills the operation of that session, and no other, where the server names it %s',
  async (tells) => {
    await using server = await open(tells);
    const [runs, cancels] = server.connections;
    const stop = new AbortController();
    let handle = '';
    const ran = (async () => {
      for await (const event of runs.run('db.endless.find()', {
        maxRows: 10,
        timeoutSeconds: 60,
        signal: stop.signal,
      }))
        if ('type' in event && event.type === 'started') handle = event.handle ?? '';
    })();
    const outcome = ran.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );
    await until('the statement runs', async () => server.running.size > 0);
    const ours = [...server.running.keys()];
    expect(await cancels.cancel?.(handle)).toBe(true);
    expect(server.killed).toEqual(ours);
    expect(await outcome).toBe('STATEMENT_CANCELLED');
  },
);

test('what the server does not tell is stopped where it runs, and elsewhere nothing claims to have stopped it', async () => {
  await using server = await open('nothing');
  const [runs, cancels] = server.connections;
  await expect(cancels.cancel?.('00'.repeat(16))).rejects.toMatchObject({ code: 'STATEMENT_FAILED' });
  const stop = new AbortController();
  const ran = collect(runs, 'db.endless.find()', { signal: stop.signal });
  await until('the statement runs', async () => server.running.size > 0);
  stop.abort();
  expect((await ran).error).toMatchObject({ code: 'STATEMENT_CANCELLED' });
  expect(server.killed).toEqual([]);
});
