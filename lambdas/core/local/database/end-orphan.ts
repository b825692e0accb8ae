/** What a killed run may have left: a PostgreSQL that still runs on our data, or only the file that says so. */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';

/** PostgreSQL's own fast shutdown takes well under a second without load. */
const END_MS = 15_000;

/** One that is ending already answers no more, and removes its file last of all. */
const ENDING_MS = 3_000;

/** Notes that this process uses a data folder. */
export const own = (data: string): Promise<void> => writeFile(ownerFile(data), String(process.pid));

/**
 * Ends the server that runs on a data folder, unless the process that owns it still lives. `postmaster.pid` says its
 * process on line 1 and its port on line 4 (PostgreSQL's miscadmin.h). Where nothing answers at that port it is ending, or
 * the process is somebody else's by now: only the file goes, but not before a server that ends has had its time, for it
 * would take the next server's file along.
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
  const isOurs = isAlive(pid) && (await answers(Number(lines[3])));
  if (isOurs) process.kill(pid, 'SIGINT');
  const until = Date.now() + (isOurs ? END_MS : ENDING_MS);
  while (isAlive(pid) && existsSync(file) && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
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
