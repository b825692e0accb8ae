/** Names of tables, values and errors come from databases: text must stay text, whoever shows it. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCES = join(__dirname, '../../frontend/src');

/** The ways from a text to an element, to code, or to somewhere else. */
const WAYS =
  /dangerouslySetInnerHTML|\.(inner|outer)HTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc|\beval\(|new Function\(|javascript:/i;

test('nothing of the pages makes markup or code of text', async () => {
  const files = await Array.fromAsync(glob('**/*.{ts,tsx}', { cwd: SOURCES }));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => WAYS.test(readFileSync(join(SOURCES, file), 'utf8')))).toEqual([]);
});

test('the search finds what it is meant to find', () => {
  for (const way of ['<b dangerouslySetInnerHTML={x} />', 'node.innerHTML = x', 'eval(x)', 'href="javascript:x"'])
    expect(way).toMatch(WAYS);
});
