import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, editor, ended, results, resultTab, run, write } from './query-steps.ts';
import { claim, seen, signIn, treeRow } from './steps.ts';
import { until } from './until.ts';

/** A browser, and a server of documents: both are needed. */
describeWith('chromium', 'DocumentDB in the browser', () => {
  const stack = new AsyncDisposableStack();
  let browser: Visit;
  const scenario = journey(() => browser);
  const details = () => browser.page.getByRole('complementary', { name: 'Details' });
  const names = () => browser.page.getByRole('listbox').getByRole('option');

  beforeAll(async () => {
    const product: Product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    browser = stack.use(await visit(product.url));
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor');
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  /** For those who want to look: pictures in both schemes. */
  async function shoot(name: string): Promise<void> {
    const { page } = browser;
    if (!process.env.SHOTS) return;
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-light.png` });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-dark.png` });
    await page.emulateMedia({ colorScheme: 'light' });
  }

  const level = (depth: number, name: string) =>
    browser.page
      .locator(`[role="treeitem"][aria-level="${depth}"]`)
      .filter({ has: browser.page.getByText(name, { exact: true }) });

  describeWith('documentdb', 'a cluster', () => {
    scenario('opens with the user’s own identity, and shows databases, collections, fields and indexes', async () => {
      const { page } = browser;
      await treeRow(page, 'catalog').first().click();
      await page.keyboard.press('ArrowRight');
      await treeRow(page, 'catalog-1').waitFor();
      await treeRow(page, 'catalog').first().dblclick();
      const dialog = page.getByRole('dialog', { name: 'Connect to catalog' });
      await shoot('connect');
      await dialog.getByRole('textbox', { name: /^Database/ }).fill('catalog');
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await level(4, 'catalog').click();
      await page.keyboard.press('ArrowRight');
      await level(5, 'products').click();
      await page.keyboard.press('ArrowRight');
      await level(7, 'sku').waitFor();
      await level(7, 'price').click();
      await page.keyboard.press('ArrowRight');
      await treeRow(page, 'amount').waitFor();
      await shoot('tree');
    });

    scenario('shows the first documents of a collection that is opened, as a table and as JSON', async () => {
      const { page } = browser;
      await level(5, 'products').dblclick();
      await ended(page, 'done');
      expect(await seen(editor(page))).toContain('db.products.find({});');
      expect(await seen(cell(page, 1, 1))).toBe('677485800100000000000000');
      await shoot('table');
      await results(page).getByText('JSON', { exact: true }).click();
      const feed = results(page).getByRole('feed');
      const first = feed.getByRole('article').first();
      expect(await seen(first)).toMatch(/"barcode"\s*:/);
      expect(await first.getAttribute('aria-setsize')).toBe('100');
      await shoot('json');
      await feed.focus();
      await page.keyboard.press('End');
      await feed.getByRole('article', { name: 'Row 100' }).waitFor();
      await feed.getByRole('button', { name: 'Copy row 100', exact: true }).click();
      await until('the document on the clipboard', async () => {
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        return copied.startsWith('{') && JSON.parse(copied)._id.$oid === '677485800100000000000063';
      });
      await results(page).getByText('Table', { exact: true }).click();
    });

    scenario('describes a collection in the details', async () => {
      const { page } = browser;
      await level(5, 'products').click();
      await page.keyboard.press('ControlOrMeta+I');
      await details().getByText('about 100 rows').waitFor();
      await details().getByRole('heading', { name: 'Fields' }).waitFor();
      await details().getByText('price.amount', { exact: true }).waitFor();
      await details().getByText('db.createCollection("products")').waitFor();
      await shoot('details');
      await page.keyboard.press('ControlOrMeta+I');
    });

    scenario('writes, says what it has changed, and marks an error at its place', async () => {
      const { page } = browser;
      await run(page, 'db.notes.insertOne({ text: "one" })\ndb.notes.updateMany({}, { $set: { seen: true } })');
      await resultTab(page, 'Result 2').click();
      expect(await seen(cell(page, 1, 1))).toBe('1');
      await run(page, 'db.notes.find({});\ndb.notes.find({ text: })', 'failed');
      expect(await seen(results(page).getByRole('alert'))).toContain('Here a value is expected');
      expect(await seen(editor(page).locator('.cm-error-mark'))).toBe('}');
      await shoot('error');
    });

    scenario('offers collections, methods, and what may follow a find', async () => {
      const { page } = browser;
      await write(page, '');
      await page.keyboard.type('db.rev');
      await names().filter({ hasText: 'reviews' }).waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.type('.fi');
      await names().filter({ hasText: 'findOne' }).first().waitFor();
      await shoot('completion');
      await page.keyboard.press('Escape');
      await page.keyboard.type('nd({}).so');
      await names().filter({ hasText: 'sort' }).waitFor();
      await page.keyboard.press('Escape');
    });
  });
});
