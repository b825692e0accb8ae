import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { derive, derivePassword, loadSeed } from '#core/local/account/seed.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('a folder keeps its seed, readable by its owner only', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'deep', 'inside');
  const seed = await loadSeed(path);
  expect(seed).toHaveLength(32);
  expect(await loadSeed(path)).toEqual(seed);
  expect((await stat(join(path, 'seed'))).mode & 0o777).toBe(0o600);
});

test('two folders have different seeds', async () => {
  await using one = await temporaryFolder();
  await using other = await temporaryFolder();
  expect(await loadSeed(one.path)).not.toEqual(await loadSeed(other.path));
});

test('two that start at once agree on one seed', async () => {
  await using folder = await temporaryFolder();
  const seeds = await Promise.all([1, 2, 3, 4].map(() => loadSeed(folder.path)));
  const kept = Buffer.from(await readFile(join(folder.path, 'seed'), 'utf8'), 'base64');
  expect(kept).toHaveLength(32);
  for (const seed of seeds) expect(seed).toEqual(kept);
});

test('each purpose has a secret of its own, the same each time', () => {
  const seed = Buffer.alloc(32, 7);
  expect(derive(seed, 'kms')).toEqual(derive(seed, 'kms'));
  expect(derive(seed, 'kms')).not.toEqual(derive(seed, 'session-tokens'));
  expect(derive(seed, 'kms')).not.toEqual(derive(Buffer.alloc(32, 8), 'kms'));
});

test('a derived password is long, and has letters and digits only', () => {
  expect(derivePassword(Buffer.alloc(32, 7), 'app')).toMatch(/^[a-z0-9]{32}$/);
});
