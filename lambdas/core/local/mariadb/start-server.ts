/** A MariaDB server on this machine, on a free port of 127.0.0.1; its data stay in the folder. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { endWithMe } from '../end-with-me.ts';
import { reservePort } from '../reserve-port.ts';
import type { Programs } from './programs.ts';

export interface MariaDbServer extends AsyncDisposable {
  readonly port: number;
  /** May do everything. */
  readonly admin: { readonly host: string; readonly port: number; readonly user: string; readonly password: string };
}

interface MariaDbOptions {
  readonly programs: Programs;
  /** An absolute path; the data are made where there are none yet. */
  readonly data: string;
  readonly password: string;
  /** Beside ours, as `name=value`. */
  readonly settings?: readonly string[];
}

const ADMIN = 'lodge_admin';
/** What can be lost in a power cut is made again in seconds, so nothing waits for the disk. */
const SETTINGS = [
  'bind-address=127.0.0.1',
  'skip-name-resolve',
  'skip-log-bin',
  'skip-networking=0',
  'character-set-server=utf8mb4',
  'collation-server=utf8mb4_general_ci',
  'default-time-zone=+00:00',
  'innodb-flush-log-at-trx-commit=0',
  'innodb-doublewrite=0',
  'innodb-buffer-pool-size=128M',
  'local-infile=0',
];
const END_MS = 15_000;

export const startMariaDb = async ({
  programs,
  data,
  password,
  settings = [],
}: MariaDbOptions): Promise<MariaDbServer> => {
  // As root, MariaDB runs only where it is told that this is meant.
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  // A server that starts removes the temporary tables of all others from the folder for them (`mysql_rm_tmp_tables`).
  const temporary = `${data}.tmp`;
  await mkdir(temporary, { recursive: true });
  const around = [`--tmpdir=${temporary}`, ...asRoot];
  if (!existsSync(join(data, 'mysql'))) await install(programs, data, around);
  using reserved = await reservePort();
  const { port } = reserved;
  const init = `${data}.init.sql`;
  await writeFile(init, initSql(password), { mode: 0o600 });
  const own = [`datadir=${data}`, `port=${port}`, `socket=${join(data, 's')}`, `pid-file=${join(data, 'pid')}`];
  const options = [...own, `init-file=${init}`, ...SETTINGS, ...settings].map((setting) => `--${setting}`);
  const server = spawn(programs.server, ['--no-defaults', ...around, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl+C goes to the whole group of the terminal and must not end it before us.
    detached: true,
  });
  const release = endWithMe(server.pid, 'TERM');
  try {
    await ready(server);
  } catch (error) {
    server.kill('SIGKILL');
    release();
    throw error;
  } finally {
    await rm(init, { force: true });
  }
  return {
    port,
    admin: { host: '127.0.0.1', port, user: ADMIN, password },
    async [Symbol.asyncDispose]() {
      await end(server);
      release();
      await rm(temporary, { recursive: true, force: true });
    },
  };
};

const install = async ({ install: program }: Programs, data: string, around: readonly string[]): Promise<void> => {
  await rm(data, { recursive: true, force: true });
  const options = [`--datadir=${data}`, '--auth-root-authentication-method=socket', '--skip-test-db'];
  await promisify(execFile)(program, ['--no-defaults', ...around, ...options]);
};

/** Run at each start, by the server itself. The password is of our own making: letters and digits. */
const initSql = (password: string): string =>
  [
    `CREATE OR REPLACE USER ${ADMIN}@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO ${ADMIN}@'127.0.0.1' WITH GRANT OPTION;`,
    '',
  ].join('\n');

/** The last lines that it said are kept to tell why a start failed, and only then. */
const ready = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    const failed = () => reject(new Error(`MariaDB did not start.\n${said.slice(-10).join('\n')}`));
    server.once('error', failed);
    server.once('exit', failed);
    if (!server.stderr) return failed();
    createInterface({ input: server.stderr }).on('line', (line) => {
      if (said.length < 100) said.push(line);
      if (/ready for connections/.test(line)) resolve();
    });
  });

const end = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(timer);
};
