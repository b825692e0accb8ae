/**
 * Names, values and texts that are written to run in the browser of whoever looks at them, as a person meets them from the
 * tree to the record: each is shown as the text that it is. And a function that died leaves a record that says so.
 */
import type { Locator, Page } from 'playwright-core';
import { LONGEST_DEED_SECONDS } from '#contract/audit.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit } from './browser.ts';
import { type Direct, openDirectly } from './database.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, ended, results, run, start } from './query-steps.ts';
import { claim, connectByIam, openSchema, seen, signIn, treeRow } from './steps.ts';
import { until } from './until.ts';

/** An image that cannot be loaded runs its handler, where it comes to be an element; a script does not even wait. */
const hostile = (what: string) => `<img src=x onerror="window.ran='${what}'">`;
const TABLE = hostile('table');
const COLUMN = hostile('column');
const VALUE = `${hostile('value')}<script>window.ran='script'</script><svg onload="window.ran='svg'">`;
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

describeWith('chromium', 'what is written to run in a browser', () => {
  const stack = new AsyncDisposableStack();
  let folder: string;
  let product: Product;
  let browser: Visit;
  let database: Direct;
  const scenario = journey(() => browser);

  beforeAll(async () => {
    folder = stack.use(await temporaryFolder()).path;
    product = await startProduct({ folder });
    stack.defer(() => product[Symbol.asyncDispose]());
    database = stack.use(await openDirectly(folder));
    for (const statement of [
      'create schema hostile',
      `create table hostile.${quoted(TABLE)} (${quoted(COLUMN)} text default ${literal(VALUE)}, document json)`,
      `comment on table hostile.${quoted(TABLE)} is ${literal(hostile('comment'))}`,
      `insert into hostile.${quoted(TABLE)} values (${literal(VALUE)}, json_build_object(${literal(hostile('key'))}, ${literal(VALUE)}))`,
      'grant usage on schema hostile to shop_writers',
      `grant select on hostile.${quoted(TABLE)} to shop_writers`,
    ])
      await database.rows(statement);
    browser = stack.use(await visit(product.url));
    await hostileTags(browser.page);
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor');
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  /** Nothing ran, and of the text no element was made. */
  const expectHarmless = async (page: Page) => {
    const made = await page.evaluate(() => ({
      ran: (window as { ran?: string }).ran,
      elements: document.querySelectorAll('img[src="x"], [onerror], [onload]').length,
    }));
    expect(made).toEqual({ ran: undefined, elements: 0 });
  };
  const rowOf = (list: string, text: string) =>
    browser.page.getByRole('grid', { name: list }).getByRole('row').filter({ hasText: text });
  const details = () => browser.page.getByRole('complementary', { name: 'Details' });

  scenario('a tag of a resource is text in its details', async () => {
    const { page } = browser;
    await treeRow(page, 'shop').click();
    await page.keyboard.press('Alt+3');
    await details().getByText(hostile('tag')).first().waitFor();
    await expectHarmless(page);
    await page.keyboard.press('ControlOrMeta+I');
  });

  describeWith('java', 'a document', () => {
    scenario('is text in the view of documents, by its name as by its value', async () => {
      const { page } = browser;
      await treeRow(page, 'DynamoDB eu-central-1').dblclick();
      await treeRow(page, 'shop-orders').waitFor();
      const key = `pk = 'hostile' and sk = 'item'`;
      await run(
        page,
        `insert into "shop-orders" value {'pk': 'hostile', 'sk': 'item', ${literal(hostile('key'))}: ${literal(VALUE)}}`,
      );
      await run(page, `select * from "shop-orders" where ${key}`);
      await results(page).getByText('JSON', { exact: true }).click();
      const said = await seen(results(page).getByRole('feed').getByRole('article').first());
      for (const text of [hostile('key'), VALUE]) expect(said).toContain(JSON.stringify(text));
      await expectHarmless(page);
    });
  });

  scenario('the names of a table and of its column are text in the tree', async () => {
    const { page } = browser;
    await connectByIam(page, 'shop', 'app_iam');
    await openSchema(page, 'hostile');
    await treeRow(page, TABLE).click();
    await page.keyboard.press('ArrowRight');
    await treeRow(page, COLUMN).waitFor();
    await expectHarmless(page);
  });

  scenario('they are text in the details, and so are a comment and a default', async () => {
    const { page } = browser;
    await treeRow(page, TABLE).click();
    await page.keyboard.press('Alt+3');
    await details().getByRole('heading', { name: TABLE }).waitFor();
    await details().getByText('create table hostile.').waitFor();
    const said = await seen(details());
    for (const text of [COLUMN, hostile('comment'), `CREATE TABLE hostile.${quoted(TABLE)}`])
      expect(said).toContain(text);
    await expectHarmless(page);
    await page.keyboard.press('ControlOrMeta+I');
  });

  scenario('a name and a value are text in the grid, whose table is opened', async () => {
    const { page } = browser;
    await treeRow(page, TABLE).dblclick();
    await ended(page, 'done');
    expect(await seen(results(page).getByRole('columnheader').nth(1))).toContain(COLUMN);
    expect(await seen(cell(page, 1, 1))).toBe(VALUE);
    await page.getByRole('tab', { name: TABLE }).first().waitFor();
    await expectHarmless(page);
  });

  scenario('a value and a key are text in the panel of one value', async () => {
    const { page } = browser;
    await cell(page, 1, 2).dblclick();
    // As JSON writes it.
    await page
      .getByText(JSON.stringify(hostile('key')))
      .first()
      .waitFor();
    await expectHarmless(page);
    await page.keyboard.press('Escape');
  });

  scenario('what the database says of a statement is text, and so is its name in the messages', async () => {
    const { page } = browser;
    await run(page, `select ${quoted(hostile('missing'))} from shop.orders`, 'failed');
    expect(await seen(results(page).getByRole('alert'))).toContain(hostile('missing'));
    await run(page, `do $do$ begin raise notice '%', ${literal(hostile('notice'))}; end $do$`);
    await results(page).getByText(hostile('notice')).first().waitFor();
    await expectHarmless(page);
  });

  scenario(
    'a function that dies leaves a record without an end, which says that it has none once none can come',
    async () => {
      const { page } = browser;
      await start(page, "select pg_sleep(600), 'cut off without a word'");
      await until('it runs in the database', async () => (await database.running('pg_sleep(600)')) === 1);
      await database[Symbol.asyncDispose]();
      const { port } = new URL(product.url);
      await product.kill();
      await ended(page, 'cut');
      product = await startProduct({ folder, port: Number(port) });
      // It was not there for a while, which the console tells.
      browser.faults();

      await page.goto(`${product.url}/audit`);
      const row = rowOf('Record', 'without a word');
      await row.getByText('Running', { exact: true }).waitFor();
      // No function runs longer than this.
      await page.clock.setFixedTime(Date.now() + (LONGEST_DEED_SECONDS + 1) * 1_000);
      await page.reload();
      await row.getByText('No end recorded', { exact: true }).waitFor();
      expect(await row.getByText('No end recorded').evaluate((word) => word.scrollWidth <= word.clientWidth)).toBe(
        true,
      );
      await row.click();
      expect(await seen(page.getByRole('complementary', { name: 'Statement' }))).toMatch(/Outcome\s+No end recorded/);
    },
    90_000,
  );

  scenario('a statement is text in the record and in my history, in the list as in the details', async () => {
    const { page } = browser;
    const byMenu = async (row: Locator) => {
      await row.click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Show its details' }).click();
    };
    for (const [path, list, open] of [
      ['/audit', 'Record', (row: Locator) => row.click()],
      ['/history', 'My statements', byMenu],
    ] as const) {
      await page.goto(`${product.url}${path}`);
      const row = rowOf(list, 'missing');
      expect(await seen(row)).toContain(quoted(hostile('missing')));
      await open(row);
      const entry = page.getByRole('complementary');
      await until('the statement in the details', async () => (await seen(entry)).includes(quoted(hostile('missing'))));
      await expectHarmless(page);
    }
  });
});

/** The account's answer, but for a tag that somebody with keys has put on a resource. */
async function hostileTags(page: Page): Promise<void> {
  await page.route('**/api/resources', async (route) => {
    const answer = await route.fetch();
    const lines = (await answer.text()).split('\n').filter(Boolean);
    const records = lines.map((line) => JSON.parse(line));
    const tags = { [hostile('tag')]: hostile('tag value') };
    for (const { resources = [] } of records) for (const each of resources) each.tags = { ...each.tags, ...tags };
    await route.fulfill({ response: answer, body: records.map((record) => `${JSON.stringify(record)}\n`).join('') });
  });
}
