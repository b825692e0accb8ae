/** An address that swallows packets, as a security group does: its queue of connections is full, and nobody empties it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

const LISTENER = `
  const server = require('node:net').createServer();
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => console.log(server.address().port));
`;

/** Longer than a connection over loopback takes, in milliseconds. */
const STUCK = 1_000;

/** Stops the process that listens, and fills its queue until a connection gets no answer. */
export async function blackHole(): Promise<{ port: number } & AsyncDisposable> {
  const child = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  child.kill('SIGSTOP');
  const waiting: net.Socket[] = [];
  const fills = async (): Promise<boolean> => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined);
    waiting.push(socket);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    socket.once('connect', () => resolve(true));
    setTimeout(resolve, STUCK, false);
    return promise;
  };
  while (await fills());
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of waiting) socket.destroy();
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
