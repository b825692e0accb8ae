/** The table of docs/threats.md is worth what its tests are: each of them must be there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = join(__dirname, '..');
const page = readFileSync(join(TESTS, '../docs/threats.md'), 'utf8');

/** The rows below the head, as cells. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.slice(2, -2).split(' | '));

const proofsOf = (cell = '') =>
  [...cell.matchAll(/`([\w./-]+)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }));

test('there is a row for each threat, and each says what holds it and names a test', () => {
  expect(rows.length).toBeGreaterThan(25);
  for (const [threat, holds, proof] of rows)
    expect([threat, holds?.length, proofsOf(proof).length]).toEqual([threat, expect.any(Number), expect.any(Number)]);
  expect(rows.filter(([, , proof]) => proofsOf(proof).length === 0)).toEqual([]);
});

const proofs = rows.flatMap(([, , proof]) => proofsOf(proof));

test.each(proofs)('$file has “$title”', ({ file, title }) => {
  const path = join(TESTS, file);
  expect(existsSync(path)).toBe(true);
  const text = readFileSync(path, 'utf8').replaceAll("\\'", "'");
  // As the name of a test or a suite, in any of the ways in which such a name is written.
  expect(["'", '"', '`'].some((quote) => text.includes(`(${quote}${title}${quote}`))).toBe(true);
});
