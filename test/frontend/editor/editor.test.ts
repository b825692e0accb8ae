import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Names } from '#contract/objects.ts';
import { type Visit, visit } from '../../e2e/browser.ts';
import { until } from '../../e2e/until.ts';
import { describeWith } from '../../support/machine.ts';
import { type ServedPage, servePage } from '../serve-page.ts';
import type {} from './editor-page.ts';

const NAMES: Names = {
  types: ['int8', 'text'],
  tables: [
    ['public', 'customers', 'table', ['id', 0, 'name', 1]],
    ['public', 'orders', 'table', ['id', 0, 'customer_id', 0]],
  ],
};
const SCRIPT = 'select 1;\nselect 2\nfrom t;\nselect 3';

describeWith('chromium', 'the editor in a browser', () => {
  let served: ServedPage;
  let browser: Visit;
  let page: Page;

  beforeAll(async () => {
    served = await servePage(join(__dirname, 'editor-page.ts'));
    browser = await visit(served.url);
    page = browser.page;
  }, 60_000);
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await served?.[Symbol.asyncDispose]();
  });
  afterEach(() => expect(browser.faults()).toEqual([]));

  /** Opens an editor with a text and puts the cursor at a place of it. */
  const open = async (text: string, cursor = 0, names?: Names) => {
    await page.evaluate(([t, n]) => window.open(t as string, n as never), [text, names] as const);
    await select(cursor);
    await page.locator('.cm-content').focus();
  };
  const select = (anchor: number, head = anchor) =>
    page.evaluate((selection) => window.editor.view.dispatch({ selection }), { anchor, head });
  const text = () => page.evaluate(() => window.editor.view.state.doc.toString());
  const cursor = () => page.evaluate(() => window.editor.view.state.selection.main.head);
  const toRun = (scope: 'statement' | 'all') => page.evaluate((what) => window.editor.toRun(what), scope);
  const told = () => page.evaluate(() => window.told);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const list = () => page.locator('.cm-tooltip-autocomplete li');

  it('runs the statement under the cursor, the selection, or all', async () => {
    await open(SCRIPT, 14);
    expect(await toRun('statement')).toEqual({ text: 'select 2\nfrom t', from: 10, line: 2, column: 1 });
    await select(10, 18);
    expect(await toRun('statement')).toEqual({ text: 'select 2', from: 10, line: 2, column: 1 });
    expect(await toRun('all')).toEqual({ text: SCRIPT, from: 0, line: 1, column: 1 });
  });

  it('has nothing to run in an empty text', async () => {
    await open('  \n');
    expect([await toRun('statement'), await toRun('all')]).toEqual([undefined, undefined]);
  });

  it('is told to run by its keys', async () => {
    await open(SCRIPT);
    await press('ControlOrMeta+Enter', 'ControlOrMeta+Shift+Enter', 'F5');
    expect((await told()).runs).toEqual(['statement', 'all', 'all']);
    expect(await text()).toBe(SCRIPT);
  });

  it('hands its text out when typing rests, and when it is closed', async () => {
    await open('');
    await page.keyboard.type('select 1');
    await until('the text', async () => (await told()).texts.at(-1) === 'select 1');
    await page.keyboard.type(';');
    await page.evaluate(() => window.editor.destroy());
    expect((await told()).texts.at(-1)).toBe('select 1;');
    await open('');
  });

  it('takes a text from outside, but not in the middle of typing', async () => {
    await open('select 1');
    await page.evaluate(() => window.editor.setText('select 2'));
    expect(await text()).toBe('select 2');
    await page.keyboard.type('x');
    await page.evaluate(() => window.editor.setText('select 3'));
    expect(await text()).toBe('xselect 2');
  });

  it('marks an error where the text stands now, and leads there', async () => {
    await open(SCRIPT, 14);
    const sent = await toRun('statement');
    await select(0);
    await page.keyboard.insertText('-- a line before\n');
    const at = (sent?.from ?? 0) + 7;
    await page.evaluate((place) => window.editor.markError(place, 'wrong'), at);
    expect(await page.locator('.cm-error-mark').textContent()).toBe('2');
    await page.evaluate((place) => window.editor.reveal(place), at);
    expect((await text()).slice(await cursor()).startsWith('2\nfrom t')).toBe(true);
    await toRun('all');
    expect(await page.locator('.cm-error-mark').count()).toBe(0);
  });

  it('marks the lines of the statement under the cursor', async () => {
    await open(SCRIPT, 14);
    const marked = page.locator('.cm-lineNumbers .cm-statement-line');
    expect(await marked.allTextContents()).toEqual(['2', '3']);
    await press('ControlOrMeta+End');
    expect(await marked.allTextContents()).toEqual(['4']);
  });

  it('completes the names of the database', async () => {
    await open('', 0, NAMES);
    await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
    await page.keyboard.type('select * from cus');
    await list().first().waitFor();
    expect(await list().first().textContent()).toContain('customers');
    // A list that has just opened takes no key: whoever types on does not mean it.
    await page.evaluate(() => new Promise((settled) => setTimeout(settled, 150)));
    await press('Tab');
    expect(await text()).toBe('select * from customers');
    await page.keyboard.type(' c where c.');
    await until('columns', async () => (await list().count()) === 2);
    expect(await list().allTextContents()).toEqual(['idint8', 'nametext']);
  });

  it('runs at once where a list is open', async () => {
    await open('', 0, NAMES);
    await page.keyboard.type('sel');
    await list().first().waitFor();
    await press('ControlOrMeta+Enter');
    await until('no list', async () => (await list().count()) === 0);
    expect([(await told()).runs, await text()]).toEqual([['statement'], 'sel']);
  });

  it('formats in one step, and the cursor stays at its letter', async () => {
    await open('select a,b from t where x=1', 8);
    await press('Shift+Alt+F');
    await until('formatted', async () => (await text()).includes('\n'));
    expect(await text()).toBe('SELECT\n  a,\n  b\nFROM\n  t\nWHERE\n  x = 1');
    expect((await text()).slice(0, await cursor())).toBe('SELECT\n  a');
    await press('ControlOrMeta+Z');
    expect(await text()).toBe('select a,b from t where x=1');
  });

  it('formats the selection alone', async () => {
    await open('select 1;\nselect a,b from t');
    await select(10, 27);
    await press('Shift+Alt+F');
    await until('formatted', async () => (await text()).includes('SELECT'));
    expect(await text()).toBe('select 1;\nSELECT\n  a,\n  b\nFROM\n  t');
  });

  it('says what it cannot format, and leaves it', async () => {
    await open('select (');
    await press('Shift+Alt+F');
    await until('a word', async () => (await told()).problems.length === 1);
    expect(await text()).toBe('select (');
  });

  it('comments lines out and in, and indents', async () => {
    await open('select 1');
    await press('ControlOrMeta+/');
    expect(await text()).toBe('-- select 1');
    await press('ControlOrMeta+/', 'Tab');
    expect(await text()).toBe('  select 1');
  });

  it('lets the keyboard out after Escape', async () => {
    await open('select 1');
    await press('Escape', 'Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.cm-editor'))).toBeNull();
    expect(await text()).toBe('select 1');
  });

  it('leaves the keys of the workbench alone', async () => {
    await open('select 1');
    await page.evaluate(() => {
      window.told.problems = [];
      addEventListener('keydown', (event) => window.told.problems.push(`${event.key} ${event.defaultPrevented}`));
    });
    await press('ControlOrMeta+I', 'ControlOrMeta+K', 'Alt+2');
    const keys = (await told()).problems.filter((key) => !/^(Control|Meta|Alt) /.test(key));
    expect(keys.map((key) => key.toLowerCase())).toEqual(['i false', 'k false', '2 false']);
  });
});
