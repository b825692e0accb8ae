import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, ended, results, resultTab, run } from './query-steps.ts';
import { claim, connectByIam, seen, signIn, treeRow } from './steps.ts';

describeWith('chromium', 'the other engines', () => {
  const stack = new AsyncDisposableStack();
  let browser: Visit;
  const scenario = journey(() => browser);

  beforeAll(async () => {
    const product: Product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    browser = stack.use(await visit(product.url));
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor');
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  describeWith('mariadb', 'MariaDB', () => {
    scenario('opens by IAM, runs a script, and says where an error is', async () => {
      const { page } = browser;
      await connectByIam(page, 'bookings', 'app_iam');
      await page.keyboard.press('Alt+T');
      await run(page, `select cast(9007199254740993 as decimal(38)) as exact;\nselect nonsense;`, 'failed');
      expect(await seen(results(page).getByRole('alert'))).toContain("Unknown column 'nonsense'");
      await resultTab(page, 'Result 1').click();
      expect(await seen(cell(page, 1, 1))).toBe('9007199254740993');
    });
  });

  describeWith('java', 'DynamoDB', () => {
    scenario('opens with the user’s own keys, and shows the items of a table that is opened', async () => {
      const { page } = browser;
      await treeRow(page, 'DynamoDB eu-central-1').dblclick();
      await treeRow(page, 'shop-orders').waitFor();
      await treeRow(page, 'shop-orders').dblclick();
      await ended(page, 'done');
      await cell(page, 1, 1).waitFor();
    });

    scenario('says what a statement has consumed', async () => {
      const { page } = browser;
      await run(page, `QUERY {"table": "shop-orders", "key": {"pk": "nobody"}}`);
      await resultTab(page, /^Messages/).click();
      expect(await seen(results(page).getByRole('tabpanel'))).toMatch(/capacity/i);
    });
  });
});
