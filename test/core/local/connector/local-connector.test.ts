import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { zstdDecompressSync } from 'node:zlib';
import { type LocalConnector, localConnector } from '#core/local/connector/local-connector.ts';
import { until } from '../../../e2e/until.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let connector: LocalConnector;
beforeEach(async () => {
  folder = await temporaryFolder();
  connector = localConnector({ log: join(folder.path, 'connector.log') });
});
afterEach(async () => {
  await connector[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const recordsOf = async (event: object): Promise<unknown[]> => {
  const bytes = await buffer(await connector.call(Buffer.from(JSON.stringify(event))));
  const lines = zstdDecompressSync(bytes).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
};
const REFUSED = [{ type: 'heartbeat' }, { type: 'failed', reason: 'operation' }];
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('starts when it is first called, and ends when it is closed', async () => {
  expect(await connector.pid()).toBeUndefined();
  expect(await recordsOf({})).toEqual(REFUSED);
  const pid = (await connector.pid()) ?? 0;
  expect(isRunning(pid)).toBe(true);
  await connector[Symbol.asyncDispose]();
  await until('the process has ended', async () => !isRunning(pid));
});

test('has nothing in its environment but that its databases are on this machine, and writes a log line without a word of what it was handed', async () => {
  await recordsOf({ password: 'only in this test' });
  const pid = await connector.pid();
  const names = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0').filter(Boolean);
  // What Node itself needs to open the channel between the two.
  expect(names.filter((each) => !each.startsWith('NODE_CHANNEL_'))).toEqual(['LODGE_ALLOW_LOOPBACK=true']);
  const log = await readFile(join(folder.path, 'connector.log'), 'utf8');
  expect(log).toContain('"message":"operation"');
  expect(log).not.toContain('only in this test');
});

test('starts again when it has died', async () => {
  await recordsOf({});
  const pid = (await connector.pid()) ?? 0;
  process.kill(pid, 'SIGKILL');
  await until('its death is known', async () => (await connector.pid()) === undefined);
  expect(await recordsOf({})).toEqual(REFUSED);
  expect(await connector.pid()).not.toBe(pid);
});
