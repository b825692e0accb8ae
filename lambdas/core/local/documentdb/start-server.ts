/** A server of documents on this machine; its data stay in the folder. Nobody but its user can reach FerretDB's socket. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endWithMe } from '../end-with-me.ts';
import { reservePort } from '../reserve-port.ts';
import type { Program } from './programs.ts';

/** Where it listens, as `net.connect` takes it. */
type Address = { readonly path: string } | { readonly host: string; readonly port: number };

export interface DocumentServer extends AsyncDisposable {
  readonly address: Address;
  /** For a client of this process: it knows no users, and is reached without TLS. */
  readonly uri: string;
}

interface Start {
  readonly arguments: readonly string[];
  readonly address: Address;
  readonly host: string;
  /** A line that says that it listens. */
  readonly ready: RegExp;
  end(): Promise<void>;
}

const END_MS = 15_000;

/** `data` is an absolute path; it is made where it is missing. */
export const startServer = async ({ kind, file }: Program, data: string): Promise<DocumentServer> => {
  await mkdir(data, { recursive: true });
  const start = await STARTS[kind](data);
  const server = spawn(file, start.arguments, {
    // Its standard input closes with us: FerretDB ends by that.
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl+C goes to the whole group of the terminal and must not end it before us.
    detached: true,
  });
  const release = endWithMe(server.pid, 'TERM');
  const dispose = async () => {
    await end(server);
    release();
    await start.end();
  };
  try {
    await listening(server, start.ready);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    address: start.address,
    uri: `mongodb://${start.host}/?directConnection=true`,
    [Symbol.asyncDispose]: dispose,
  };
};

const STARTS: Readonly<Record<Program['kind'], (data: string) => Promise<Start>>> = {
  async ferretdb(data) {
    // Short, for a socket's path may have some hundred characters; in small letters, for the driver makes them small; and
    // open to its owner only.
    const folder = join(tmpdir(), `lodge-${randomBytes(8).toString('hex')}`);
    await mkdir(folder, { mode: 0o700 });
    const path = join(folder, 's.sock');
    const end = () => rm(folder, { recursive: true, force: true });
    return { arguments: [path, data], address: { path }, host: encodeURIComponent(path), ready: /^ready$/, end };
  },
  async mongod(data) {
    const { port, [Symbol.dispose]: giveBack } = await reservePort();
    const address = { host: '127.0.0.1', port };
    return {
      arguments: ['--dbpath', data, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'],
      address,
      host: `127.0.0.1:${port}`,
      ready: /Waiting for connections/,
      async end() {
        giveBack();
      },
    };
  },
};

/** The last lines that it said are kept to tell why a start failed, and only then. */
const listening = (server: ChildProcess, ready: RegExp): Promise<void> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    const failed = () => reject(new Error(`The server of documents did not start.\n${said.slice(-10).join('\n')}`));
    server.once('error', failed);
    server.once('exit', failed);
    for (const stream of [server.stdout, server.stderr]) {
      if (!stream) return failed();
      createInterface({ input: stream }).on('line', (line) => {
        if (said.length < 100) said.push(line);
        if (ready.test(line)) resolve();
      });
    }
  });

const end = async (server: ChildProcess): Promise<void> => {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.stdin?.end();
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(timer);
};
