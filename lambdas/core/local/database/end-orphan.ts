/** What a killed run may have left: a PostgreSQL that still runs on our data, or only the file that says so. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';

/** PostgreSQL's own fast shutdown takes well under a second without load. */
const END_MS = 15_000;

/** Notes that this process uses a data folder. */
export const own = (data: string): Promise<void> => writeFile(ownerFile(data), String(process.pid));

/**
 * Ends the server that runs on a data folder, unless the process that owns it still lives. `postmaster.pid` says its
 * process on line 1 and its port on line 4 (PostgreSQL's miscadmin.h). Where nothing answers at that port the process is
 * somebody else's by now: only the file goes.
 */
export const endOrphan = async (data: string): Promise<void> => {
  const file = join(data, 'postmaster.pid');
  const lines = await readFile(file, 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  );
  if (!lines) return;
  const pid = Number(lines[0]);
  const owner = Number(await readFile(ownerFile(data), 'utf8').catch(() => ''));
  if (isAlive(pid) && owner !== process.pid && isAlive(owner)) {
    throw new Error(`Process ${owner} uses ${data} already. End it first.`);
  }
  if (isAlive(pid) && (await answers(Number(lines[3])))) {
    process.kill(pid, 'SIGINT');
    const until = Date.now() + END_MS;
    while (isAlive(pid) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await rm(file, { force: true });
};

const ownerFile = (data: string): string => `${data}.owner`;

const isAlive = (pid: number): boolean => {
  try {
    return Number.isInteger(pid) && pid > 1 && process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
