/** A proxy of bytes in front of a real server, which fails as networks do, from one moment to the next. */
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '#core/local/listen.ts';

/**
 * `refused`: each new connection is reset at once. `silent`: nothing gets through any more, and nobody says so. `slow`: each
 * piece takes a while. `cut`: after so many more bytes of an answer both sides are reset. `stalled`: after them nothing more
 * comes. `page`: a box on the way answers with a page of its own.
 */
export type NetworkFault =
  | { readonly kind: 'refused' | 'silent' | 'page' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'cut' | 'stalled'; readonly afterBytes: number };

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Undefined: everything gets through. Counts for connections that are open already, too. */
  fail(fault: NetworkFault | undefined): void;
  /** Connections of clients that are open now. */
  open(): number;
}

const PAGE =
  'HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/html\r\ncontent-length: 22\r\nconnection: close\r\n\r\n<h1>Try it later.</h1>';

export async function startFaultProxy(target: { host: string; port: number }): Promise<FaultProxy> {
  let fault: NetworkFault | undefined;
  let budget = 0;
  const clients = new Set<Socket>();

  const pass = async (piece: Buffer, from: Socket, to: Socket, isAnswer: boolean): Promise<void> => {
    if (fault?.kind === 'silent') return;
    if (fault?.kind === 'slow') await wait(fault.ms);
    if (isAnswer && (fault?.kind === 'cut' || fault?.kind === 'stalled')) {
      budget -= piece.length;
      if (budget < 0 && fault.kind === 'cut') {
        from.resetAndDestroy();
        to.resetAndDestroy();
      }
      if (budget < 0) return;
    }
    if (!to.destroyed && !to.write(piece))
      await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
  };

  /** Piece by piece, in order, so that a slow one holds back those behind it. */
  const pump = async (from: Socket, to: Socket, isAnswer: boolean): Promise<void> => {
    try {
      for await (const piece of from) await pass(piece, from, to, isAnswer);
      to.end();
    } catch {
      to.destroy();
    }
  };

  const server = createServer((client) => {
    clients.add(client);
    client.on('error', () => undefined).once('close', () => clients.delete(client));
    if (fault?.kind === 'refused') return void client.resetAndDestroy();
    if (fault?.kind === 'page') return void client.end(PAGE);
    const backend = connect(target).on('error', () => client.destroy());
    client.once('close', () => backend.destroy());
    void pump(client, backend, false);
    void pump(backend, client, true);
  });
  const { port, close } = await listen(server);
  return {
    port,
    fail(next) {
      fault = next;
      if (next && 'afterBytes' in next) budget = next.afterBytes;
      // Sockets that a client kept would not notice that new ones are refused.
      if (next?.kind === 'refused' || next?.kind === 'page') for (const client of clients) client.resetAndDestroy();
    },
    open: () => clients.size,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await close();
    },
  };
}
