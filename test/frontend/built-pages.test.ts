/** The pages as they are deployed: nothing in them is asked of another origin, and nothing in them needs a policy less strict. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { BUILT, isStale } from '../../bin/local/frontend.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, BUILT);

let files: { name: string; text: string }[];
beforeAll(async () => {
  if (await isStale(ROOT)) {
    const build = `import { buildFrontend } from './bin/local/frontend.ts'; await buildFrontend(process.cwd());`;
    execFileSync(process.execPath, ['--input-type=module', '-e', build], { cwd: ROOT });
  }
  files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ name, text: readFileSync(join(parentPath, name), 'utf8') }));
}, 180_000);

const of = (extension: string) => files.filter(({ name }) => extname(name) === extension);

/** Names that look like addresses, or addresses that somebody may click on; none is asked for anything. */
const NAMED: Readonly<Record<string, string>> = {
  'www.w3.org': 'names of XML',
  'json-schema.org': 'the name of a dialect, in zod',
  'react.dev': 'an error of React names the page that explains it',
  'mantine.dev': 'so does one of Mantine',
};

test('every other origin that is named is one that nothing is asked of', () => {
  const hosts = new Set(
    files.flatMap(({ text }) => [...text.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9.-]+)/gi)].map(([, host]) => host)),
  );
  expect([...hosts].toSorted()).toEqual(Object.keys(NAMED).toSorted());
});

test('the page asks for files of its own origin, and runs no script of its own', () => {
  const [page, ...more] = of('.html');
  expect(more).toEqual([]);
  const html = page?.text ?? '';
  const asked = [...html.matchAll(/\b(?:src|href|action|content|srcset)="([^"]*)"/g)].map(([, value]) => value ?? '');
  expect(asked.filter((value) => /^(?:[a-z]+:)?\/\//i.test(value))).toEqual([]);
  expect(asked.some((value) => value.startsWith('/assets/'))).toBe(true);
  expect(
    [...html.matchAll(/<script\b([^>]*)>([^<]*)/g)].filter(([, tag, text]) => !tag?.includes('src=') || text),
  ).toEqual([]);
  expect(html).not.toMatch(/\son\w+=|javascript:|<base\b|<iframe\b|<style\b/i);
});

test('style sheets ask for nothing elsewhere', () => {
  expect(of('.css').length).toBeGreaterThan(0);
  for (const { text } of of('.css')) {
    const asked = [...text.matchAll(/url\(\s*["']?([^"')]*)/g)].map(([, value]) => value ?? '');
    expect(asked.filter((value) => !/^(?:data:|#|\/assets\/|\.?\/?[\w-]+\.)/.test(value))).toEqual([]);
    expect(text).not.toMatch(/@import/);
  }
});

test('scripts make no code of text, which the policy would refuse, and import nothing from elsewhere', () => {
  expect(of('.js').length).toBeGreaterThan(0);
  for (const { name, text } of of('.js')) {
    expect([name, /\bimport\s*\(?\s*["'`](?:https?:)?\/\//.test(text)]).toEqual([name, false]);
    expect([name, /\bnew Function\s*\(|[^.\w]eval\s*\(/.test(text)]).toEqual([name, false]);
  }
});

test('zod is told not to try eval in the file that has it, which whoever makes a schema has read before', () => {
  const tries = of('.js').filter(({ text }) => /includes\([`"']Cloudflare[`"']\)/.test(text));
  expect(tries).toHaveLength(1);
  expect(tries[0]?.text).toMatch(/\{jitless:(?:!0|true)\}/);
});
