import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isStale } from '../../../bin/local/frontend.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lodge-frontend-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file that was changed at `second`. */
function write(path: string, second: number) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, second, second);
}

describe('the built frontend', () => {
  it('is stale where it was never built', async () => {
    write('frontend/src/main.tsx', 10);
    expect(await isStale(root)).toBe(true);
  });

  it('is not stale where nothing has changed since', async () => {
    write('frontend/src/main.tsx', 10);
    write('dist/frontend/index.html', 20);
    expect(await isStale(root)).toBe(false);
  });

  it.each(['frontend/src/grid/grid.tsx', 'lambdas/core/contract/routes.ts', 'package-lock.json'])(
    'is stale after a change of %s',
    async (path) => {
      write('dist/frontend/index.html', 20);
      write(path, 30);
      expect(await isStale(root)).toBe(true);
    },
  );

  it('is not stale after a change of what it is not made of', async () => {
    write('dist/frontend/index.html', 20);
    write('lambdas/query/run-script.ts', 30);
    expect(await isStale(root)).toBe(false);
  });
});
