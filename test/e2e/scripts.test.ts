import type { Locator, Page } from 'playwright-core';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, editor, ended, write } from './query-steps.ts';
import { claim, connectByIam, seen, signIn, workbench } from './steps.ts';
import { until } from './until.ts';

const TEXT = 'select id, :note::text as note from shop.orders where id <= :most order by id';

describeWith('chromium', 'scripts', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let ada: Visit;
  let ben: Visit;
  const scenario = journey(() => ada);

  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder }));
    ada = stack.use(await visit(product.url));
    ben = stack.use(await visit(product.url));
    await signIn(ada.page, product.keysOf('Ada'));
    await claim(ada.page, 'Kontor');
    await signIn(ben.page, product.keysOf('Ben'));
    await workbench(ben.page);
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });
  const press = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true }).click();
  const tabs = (page: Page): Locator => page.getByRole('tablist', { name: 'Tabs' });
  const bar = (page: Page): Locator =>
    page.locator('[data-tab-panel]:visible').getByRole('toolbar', { name: 'Script' });
  const saved = (page: Page, version: number) =>
    bar(page).getByText(`Saved as version ${version}`).waitFor({ state: 'attached' });
  const scripts = async (page: Page): Promise<Locator> => {
    await page.keyboard.press('Alt+S');
    const grid = page.getByRole('grid', { name: 'Scripts' });
    await grid.waitFor();
    return grid;
  };
  const says = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text }).first().waitFor();

  scenario('a parameter that the text names is described, and a wrong default is told', async () => {
    const { page } = ada;
    await connectByIam(page, 'shop', 'app_iam');
    await write(page, TEXT);
    await bar(page).getByText('2 parameters').waitFor();
    await page.keyboard.press('Alt+P');
    const form = dialog(page, 'Parameters');
    await form.getByLabel('Type of most').selectOption('integer');
    await form.getByLabel('Default of most').fill('many');
    await form.getByLabel('Description of most').fill('The last order that is shown');
    await press(form, 'Keep');
    expect(await seen(form)).toContain('Its default is no whole number.');
    expect(await violations(page)).toEqual([]);
    await form.getByLabel('Default of most').fill('9');
    await press(form, 'Keep');
    await form.waitFor({ state: 'hidden' });
  });

  scenario('its values are asked for before a run, and handed to the database as values', async () => {
    const { page } = ada;
    await page.keyboard.press('ControlOrMeta+Enter');
    const form = dialog(page, 'Values for this run');
    expect(await form.getByLabel('most').inputValue()).toBe('9');
    await press(form, 'Run');
    expect(await seen(form)).toContain('It is missing.');
    expect(await violations(page)).toEqual([]);
    await form.getByLabel('note').fill("it's new; --");
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/query'));
    await page.keyboard.press('Enter');
    const { statement, parameters } = (await sent).postDataJSON();
    expect(statement).toBe(TEXT);
    expect(parameters).toEqual({
      declared: [
        { name: 'note', type: 'text', required: true },
        { name: 'most', type: 'integer', required: true, default: '9', description: 'The last order that is shown' },
      ],
      values: { note: "it's new; --", most: '9' },
    });
    await ended(page, 'done');
    expect(await seen(cell(page, 9, 2))).toBe("it's new; --");
  });

  scenario('what was given last stands there at the next run', async () => {
    const { page } = ada;
    await page.keyboard.press('ControlOrMeta+Enter');
    const form = dialog(page, 'Values for this run');
    expect(await form.getByLabel('note').inputValue()).toBe("it's new; --");
    await press(form, 'Cancel');
  });

  scenario('a tab is saved as a script, with a name, tags and a description', async () => {
    const { page } = ada;
    await editor(page).click();
    await page.keyboard.press('ControlOrMeta+S');
    const form = dialog(page, 'Save as a script');
    await form.getByLabel('Name').fill('Orders by status');
    await form.getByLabel('Description').fill('What waits in the shop');
    await form.getByLabel('Tags').fill('nightly, shop');
    expect(await seen(form)).toContain('It opens at shop › shop.');
    expect(await violations(page)).toEqual([]);
    await press(form, 'Save the script');
    await saved(page, 1);
    expect(await seen(tabs(page))).toContain('Orders by status');
    expect(await seen(bar(page))).toContain('v1 · private');
  });

  scenario('a change is marked until it is saved, as a new version', async () => {
    const { page } = ada;
    await write(page, `${TEXT} limit 5`);
    await tabs(page)
      .getByRole('tab', { name: /not saved/ })
      .waitFor();
    await page.keyboard.press('ControlOrMeta+S');
    await saved(page, 2);
    expect(
      await tabs(page)
        .getByRole('tab', { name: /not saved/ })
        .count(),
    ).toBe(0);
  });

  scenario(
    'after a reload it stands in its tab; closed, it is found by a word, opened by the keyboard and runs where it ran',
    async () => {
      const { page } = ada;
      await page.reload();
      await workbench(page);
      await saved(page, 2);
      await page.keyboard.press('Alt+W');
      const grid = await scripts(page);
      await says(page, /^1 script, and no more\.$/);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('searchbox', { name: 'Search' }).fill('WAITS');
      await says(page, /^1 script, and no more\.$/);
      await page.getByRole('combobox', { name: 'Tag' }).fill('night');
      await page.getByRole('option', { name: /nightly/ }).click();
      await says(page, /^1 script, and no more\.$/);
      await grid.focus();
      await page.keyboard.press('Enter');
      await saved(page, 2);
      expect(await seen(page.locator('[data-tab-panel]:visible'))).toMatch(/shop\s+shop\s+as app_iam/);
      await page.keyboard.press('ControlOrMeta+Enter');
      const form = dialog(page, 'Values for this run');
      await form.getByLabel('note').fill('paid');
      await press(form, 'Run');
      await ended(page, 'done');
      expect(await seen(cell(page, 1, 2))).toBe('paid');
    },
  );

  scenario('an old version is looked at, and restored as a new one', async () => {
    const { page } = ada;
    await page.keyboard.press('Alt+V');
    const versions = dialog(page, 'Versions of “Orders by status”');
    await versions.getByRole('button', { name: /^Version 1/ }).click();
    expect(await seen(versions)).toMatch(/Saved by ada, \d{4}-/);
    expect(await seen(versions.locator('pre'))).toBe(TEXT);
    expect(await violations(page)).toEqual([]);
    await press(versions, 'Restore this version');
    await saved(page, 3);
    await until('the text of the first version', async () => (await seen(editor(page))).includes('order by id'));
    expect(await seen(editor(page))).not.toContain('limit 5');
  });

  scenario(
    'what is private nobody else sees; what is shared a reader opens, runs as themselves, and copies',
    async () => {
      const grid = await scripts(ben.page);
      await ben.page.getByText('There are no scripts yet.').waitFor();
      await press(ada.page, 'More about this script');
      await ada.page.getByRole('menuitem', { name: /^Name, tags and sharing/ }).click();
      const form = dialog(ada.page, 'Name, tags and sharing');
      await form.getByLabel('Share it with everybody here').check();
      await press(form, 'Save');
      await bar(ada.page).getByText('v3 · shared').waitFor();

      await ben.page.reload();
      await grid.getByRole('row').filter({ hasText: 'Orders by status' }).dblclick();
      await bar(ben.page).getByText('v3 · read-only, by ada').waitFor();
      expect(await seen(ben.page.locator('[data-tab-panel]:visible'))).toContain('It ran on shop › shop');
      await bar(ben.page).getByRole('button', { name: 'Save a copy' }).click();
      const copy = dialog(ben.page, 'Save as a script');
      expect(await copy.getByLabel('Name').inputValue()).toBe('Orders by status (copy)');
      await press(copy, 'Save the script');
      await bar(ben.page).getByText('v1 · private').waitFor();
      expect(ben.faults()).toEqual([]);
    },
  );

  scenario(
    'where somebody else was faster nothing is lost: theirs is looked at beside, mine saved on top',
    async () => {
      const { page } = ada;
      // What another window of hers does.
      const status = await page.evaluate(async () => {
        const send = (method: string, path: string, body: object) =>
          fetch(path, {
            method,
            headers: { 'x-lodge-request': '1', 'content-type': 'application/json' },
            body: JSON.stringify(body),
          });
        const { scripts } = await (await send('POST', '/api/scripts/list', {})).json();
        const { id, revision, name, shared, engine } = scripts[0];
        const script = { name, shared, engine, text: 'select 41' };
        return (await send('PUT', '/api/scripts', { known: { id, revision }, script })).status;
      });
      expect(status).toBe(200);
      await write(page, 'select 42');
      await page.keyboard.press('ControlOrMeta+S');
      const conflict = dialog(page, 'Somebody else has saved this script meanwhile');
      await conflict.waitFor();
      expect(await seen(conflict)).toContain('ada saved “Orders by status” just now; it is at version 4 now.');
      expect(await violations(page)).toEqual([]);
      await press(conflict, 'Look at theirs');
      await until('theirs', async () => (await seen(editor(page))).includes('select 41'));
      await page.keyboard.press('Alt+PageUp');
      await until('mine', async () => (await seen(editor(page))).includes('select 42'));
      await page.keyboard.press('ControlOrMeta+S');
      await press(conflict, 'Save mine on top');
      await saved(page, 5);
    },
  );

  scenario('it is deleted from the list, and its text stays in the tab', async () => {
    const { page } = ada;
    const grid = await scripts(page);
    await grid.getByRole('button', { name: 'Actions for Orders by status' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await press(dialog(page, 'Delete the script?'), 'Delete the script');
    await page.getByText('There are no scripts yet.').waitFor();
    await page.goBack();
    expect(await seen(editor(page))).toContain('select 42');
    expect(await seen(bar(page))).not.toContain('v5');
  });
});
