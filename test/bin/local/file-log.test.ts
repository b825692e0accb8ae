import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '#core/ports/log.ts';
import { fileLog, LOG_FILE } from '../../../bin/local/file-log.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'lodge-log-')), 'deep');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

async function written(write: (log: Log) => void): Promise<string> {
  const log = fileLog(folder);
  write(log);
  await log[Symbol.asyncDispose]();
  return readFileSync(join(folder, LOG_FILE), 'utf8');
}

describe('the local log', () => {
  it('is one JSON document a line', async () => {
    const text = await written((log) => {
      log.info('answered', { route: 'query', status: 200 });
      log.error('failed', { code: 'INTERNAL' });
    });
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { level: 'info', message: 'answered', route: 'query', status: 200 },
      { level: 'error', message: 'failed', code: 'INTERNAL' },
    ]);
  });

  it('holds nothing but the fields that may be logged', async () => {
    const fields = { route: 'query', password: 'of a test', cause: new Error('password of a test') };
    expect(await written((log) => log.error('failed', fields))).not.toContain('of a test');
  });

  it('is begun anew with each start, and only its owner may read it', async () => {
    await written((log) => log.info('first'));
    expect(await written((log) => log.info('second'))).not.toContain('first');
    expect(statSync(join(folder, LOG_FILE)).mode & 0o777).toBe(0o600);
  });
});
