import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { editor, ended, results, run, write } from './query-steps.ts';
import { claim, seen, signIn, treeRow } from './steps.ts';

describeWith('chromium', 'DynamoDB in the browser', () => {
  const stack = new AsyncDisposableStack();
  let browser: Visit;
  const scenario = journey(() => browser);
  const panel = () => browser.page.locator('[data-tab-panel]:visible');
  const plan = () => panel().getByRole('status', { name: 'What the statement will read' });
  const form = () => browser.page.getByRole('dialog', { name: 'Query' });

  beforeAll(async () => {
    const product: Product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    browser = stack.use(await visit(product.url));
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor');
    await treeRow(browser.page, 'DynamoDB eu-central-1').dblclick();
    await treeRow(browser.page, 'shop-orders').waitFor();
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  describeWith('java', 'the statement under the cursor', () => {
    scenario('says what it will read before it runs', async () => {
      const { page } = browser;
      await write(page, `SELECT * FROM "shop-orders" WHERE pk = 'CUSTOMER#00007'`);
      await plan().getByText('Reads the table shop-orders by its key pk').waitFor();
      await write(page, 'SCAN {"table": "shop-orders"}');
      await plan().getByText('Scans the whole of the table shop-orders: about 2,000 items').waitFor();
      expect(await violations(page)).toEqual([]);
    });

    scenario('adds to what its tab was charged, until it is counted anew', async () => {
      const { page } = browser;
      const meter = panel().getByText(/ read units? \(.+ from gsi1\)$/);
      await run(page, 'QUERY {"table": "shop-orders", "index": "gsi1", "key": {"gsi1pk": "STATUS#paid"}}');
      await meter.waitFor();
      const once = Number.parseFloat(await seen(meter));
      await run(page, 'QUERY {"table": "shop-orders", "key": {"pk": "CUSTOMER#00007"}}');
      await panel()
        .getByText(`${once + 0.5} read units (${once} from gsi1)`)
        .waitFor();
      await panel().getByRole('button', { name: 'Count the capacity units anew' }).click();
      await meter.waitFor({ state: 'hidden' });
    });
  });

  describeWith('java', 'the form', () => {
    scenario('begins with the table that a statement of PartiQL names', async () => {
      const { page } = browser;
      await write(page, 'SELECT * FROM "shop-orders"');
      await page.keyboard.press('Alt+Q');
      await form().getByLabel('Read by').waitFor();
      expect(await form().getByLabel('Table').inputValue()).toBe('shop-orders');
      await page.keyboard.press('Escape');
      await form().waitFor({ state: 'hidden' });
    });

    scenario('opens by the keyboard, says what is missing, and runs what it has written', async () => {
      const { page } = browser;
      await write(page, '');
      await page.keyboard.press('Alt+Q');
      await form().getByRole('button', { name: 'Run' }).click();
      await form().getByText('A query reads the items of one partition key.').waitFor();
      await form().getByLabel('Table').selectOption('shop-orders');
      await form().getByLabel('Read by').selectOption('gsi1');
      await form().getByText('A global secondary index has no consistent reads.').waitFor();
      await form().getByLabel('gsi1pk, the partition key').fill('STATUS#paid');
      await form().getByRole('button', { name: 'Add a filter' }).click();
      await form().getByLabel('Filter 1: attribute').fill('total');
      await form().getByLabel('Filter 1: operator').selectOption('>');
      await form().getByLabel('Filter 1: type').selectOption('N');
      await form().getByLabel('Filter 1: value').fill('100');
      await form().getByText('Reads the index gsi1 of shop-orders by its key gsi1pk').waitFor();
      expect(await violations(page)).toEqual([]);
      await form().getByRole('button', { name: 'Run' }).click();
      await ended(page, 'done');
      expect(await seen(editor(page))).toContain('"filter": { "total": { ">": 100 } }');
    });

    scenario('reads the statement under the cursor back, and is undone as typing is', async () => {
      const { page } = browser;
      await editor(page).click();
      await page.keyboard.press('Alt+Q');
      expect(await form().getByLabel('gsi1pk, the partition key').inputValue()).toBe('STATUS#paid');
      expect(await form().getByLabel('Filter 1: value').inputValue()).toBe('100');
      await form().getByLabel('Limit').fill('3');
      await form().getByRole('button', { name: 'Run' }).click();
      await results(page).getByText('3 rows').waitFor();
      expect(await seen(editor(page))).toContain('"limit": 3');
      await editor(page).click();
      await page.keyboard.press('ControlOrMeta+Z');
      expect(await seen(editor(page))).not.toContain('"limit"');
    });

    scenario('opens from a table of the tree', async () => {
      const { page } = browser;
      await treeRow(page, 'shop-orders').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Query…' }).click();
      await form().getByLabel('pk, the partition key').fill('CUSTOMER#00007');
      await form().getByRole('button', { name: 'Run' }).click();
      await results(page).getByText('4 rows').waitFor();
    });
  });

  describeWith('java', 'a result of documents', () => {
    scenario('is shown as JSON with types, document by document', async () => {
      const { page } = browser;
      await run(page, 'SCAN {"table": "shop-orders"}');
      await results(page).getByText('JSON', { exact: true }).click();
      const feed = results(page).getByRole('feed');
      const first = feed.getByRole('article').first();
      expect(await seen(first)).toMatch(/"pk"\s*:\s*S\s*"/);
      expect(await first.getAttribute('aria-setsize')).toBe('2000');
      expect(await violations(page)).toEqual([]);
      await feed.focus();
      await page.keyboard.press('End');
      await feed.getByRole('article', { name: 'Row 2,000' }).waitFor();
      await page.keyboard.press('Home');
      await feed.getByRole('article', { name: 'Row 1', exact: true }).waitFor();
      await feed.getByRole('button', { name: 'Copy row 1', exact: true }).click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(JSON.parse(copied)).toMatchObject({ pk: { S: expect.any(String) } });
      await results(page).getByRole('button', { name: 'Copy all documents as JSON' }).click();
      await results(page).getByText('Copied 2,000 documents.').waitFor();
      expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toHaveLength(2_000);
    });
  });
});
