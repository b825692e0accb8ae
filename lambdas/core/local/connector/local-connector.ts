/** The process that plays a connector: started when it is first called, and again when it has died. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ENV } from '../../env.ts';

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  readonly secret: string;
}

export interface LocalConnector extends AsyncDisposable {
  /** Hands it an operation as JSON. Rejects where the process does not start, and the answer fails where it dies. */
  call(operation: Buffer): Promise<Readable>;
  /** Undefined while it does not run. */
  pid(): Promise<number | undefined>;
}

/** `log`: the file that gets its log lines, begun anew with each start. */
export function localConnector({ log }: { readonly log: string }): LocalConnector {
  let running: Promise<Running> | undefined;
  const start = (): Promise<Running> => {
    const starting = startProcess(log);
    const forget = () => {
      if (running === starting) running = undefined;
    };
    starting.then(({ child }) => child.once('exit', forget), forget);
    return starting;
  };
  return {
    async call(operation) {
      running ??= start();
      return post(await running, operation);
    },
    pid: async () => (await running)?.child.pid,
    async [Symbol.asyncDispose]() {
      const { child } = (await running?.catch(() => undefined)) ?? {};
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

async function startProcess(log: string): Promise<Running> {
  const file = openSync(log, 'w', 0o600);
  // What a function in a VPC has of AWS, nothing, is in its environment: only that its databases are on this machine;
  // Windows opens no socket without this one variable.
  const { SystemRoot } = process.env;
  const local = { [ENV.allowLoopback]: 'true' };
  const child = fork(join(import.meta.dirname, 'process.ts'), {
    env: SystemRoot ? { ...local, SystemRoot } : local,
    execArgv: [],
    stdio: ['ignore', file, file, 'ipc'],
  });
  closeSync(file);
  const secret = randomBytes(32).toString('base64url');
  const died = new AbortController();
  child.once('exit', () => died.abort());
  child.send(secret);
  const [port] = await once(child, 'message', { signal: died.signal });
  // It is waited for by nobody: this process may end while it runs.
  child.unref();
  child.channel?.unref();
  return { child, port, secret };
}

function post({ port, secret }: Running, operation: Buffer): Promise<Readable> {
  const { promise, resolve, reject } = Promise.withResolvers<Readable>();
  const headers = { authorization: secret, 'x-request-id': randomUUID(), 'content-length': operation.length };
  const call = request({ host: '127.0.0.1', port, method: 'POST', headers, agent: false }, resolve);
  call.once('error', reject);
  call.end(operation);
  return promise;
}
