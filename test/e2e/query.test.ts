import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit, WINDOW } from './browser.ts';
import { type Direct, openDirectly } from './database.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, copied, editor, ended, grid, inSight, results, resultTab, run, start, write } from './query-steps.ts';
import { claim, connectByIam, openSchema, seen, signIn, treeRow } from './steps.ts';
import { until } from './until.ts';

/** As many rows as analytics.events has. */
const MILLION = 1_000_000;

/** All of its columns; a boolean as the cast prints it, in a word. */
const COLUMNS =
  'id, occurred_at, visitor, kind, status, amount, duration_ms, mobile::text, page, payload, address, products';

/** `LODGE_PICTURE=1` makes it anew; without, a test run leaves the repository as it is. */
const PICTURE = join(import.meta.dirname, '../../docs/workbench.png');
const PICTURED = `-- Who has bought most since the year began, and what everybody looked at meanwhile
select c.name, c.loyalty_points, count(*) as orders, sum(o.total) as revenue, max(o.placed_at) as latest
from shop.customers c
join shop.orders o on o.customer_id = c.id
where o.placed_at >= date '2026-01-01' and o.status <> 'cancelled'
group by c.id
order by revenue desc
limit 25;

select id, occurred_at, kind, page, amount, mobile, payload, products from analytics.events;`;

describeWith('chromium', 'working with a database', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let browser: Visit;
  let database: Direct;

  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder, events: MILLION }));
    database = stack.use(await openDirectly(folder));
    browser = stack.use(await visit(product.url));
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor');
  }, 180_000);
  afterAll(() => stack.disposeAsync(), 30_000);
  const scenario = journey(() => browser);

  scenario('says of an instance in a closed network that it cannot be reached', async () => {
    const { page } = browser;
    await treeRow(page, 'ledger').dblclick();
    const dialog = page.getByRole('dialog', { name: 'Connect to ledger' });
    expect(await dialog.getByRole('radio', { name: 'IAM' }).isDisabled()).toBe(true);
    await dialog.getByText('Switch on “IAM database authentication” in AWS').waitFor();
    await dialog.locator('input[name="password"]').fill('whatever');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('alert').getByText('Nothing answers at the address of the database.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await treeRow(page, 'ledger').getByText('unreachable').waitFor();
  });

  scenario('refuses a wrong password and lets one try again', async () => {
    const { page } = browser;
    await treeRow(page, 'shop').dblclick();
    const dialog = page.getByRole('dialog', { name: 'Connect to shop' });
    await dialog.getByText('Password', { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'User' }).fill('reporting');
    await dialog.locator('input[name="password"]').fill('certainly wrong');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('alert').getByText('Check the user and the password.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  scenario('connects by IAM: nobody types a password', async () => {
    const { page } = browser;
    await connectByIam(page, 'shop', 'app_iam');
    await page.getByText('as app_iam (IAM)').waitFor();
    await editor(page).waitFor();
  });

  scenario('shows schemas, tables and columns level by level, and what an object is made of', async () => {
    const { page } = browser;
    await openSchema(page, 'shop');
    await treeRow(page, 'orders').click();
    await page.keyboard.press('ArrowRight');
    await treeRow(page, 'customer_id').waitFor();
    await page.keyboard.press('Alt+3');
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('heading', { name: 'orders' }).waitFor();
    await details.getByText('create table shop.orders').waitFor();
    expect(await seen(details)).toMatch(/foreign\s+FOREIGN KEY \(customer_id\) REFERENCES shop\.customers/i);
    await page.keyboard.press('ControlOrMeta+I');
  });

  scenario('shows the first rows of a table that is opened', async () => {
    const { page } = browser;
    await treeRow(page, 'orders').dblclick();
    await page.getByRole('tab', { name: 'orders', selected: true }).first().waitFor();
    await ended(page, 'done');
    const [[first]] = (await database.rows('select id::text from shop.orders limit 1')) as [[string]];
    expect(await seen(cell(page, 1, 1))).toBe(first);
    expect(await seen(editor(page))).toContain('SELECT * FROM shop.orders;');
    await editor(page).click();
    await page.keyboard.press('Alt+W');
    await page.getByRole('tab', { name: 'orders' }).waitFor({ state: 'detached' });
  });

  scenario('runs a script and shows one tab a result, in order, with what the database said', async () => {
    const { page } = browser;
    await run(
      page,
      `select id, name from shop.customers order by id limit 3;
do $$ begin raise notice 'it is %', 42; end $$;
select count(*) as orders from shop.orders;`,
    );
    const [[orders]] = (await database.rows('select count(*) from shop.orders')) as [[string]];
    expect((await results(page).getByRole('tab').allInnerTexts()).map((name) => name.split('\n')[0])).toEqual([
      'customers',
      'Result 2',
      'Messages',
    ]);
    await resultTab(page, 'Result 2').click();
    expect(await seen(cell(page, 1, 1))).toBe(orders);
    await resultTab(page, /^Messages/).click();
    const said = await seen(results(page).getByRole('tabpanel'));
    expect(said).toContain('SELECT · 3 rows');
    expect(said).toContain('it is 42');
  });

  scenario('keeps the results before a failing statement, and shows where the database found the error', async () => {
    const { page } = browser;
    await run(page, 'select 1 as one;\nselect nonsense from shop.orders;', 'failed');
    const failure = results(page).getByRole('alert');
    expect(await seen(failure)).toContain('column "nonsense" does not exist');
    expect(await seen(failure)).toContain('SQLSTATE 42703');
    await failure.getByRole('button', { name: 'Line 2, column 8' }).click();
    await page.keyboard.insertText('42 as ');
    expect(await seen(editor(page))).toContain('select 42 as nonsense');
    await resultTab(page, 'Result 1').click();
    expect(await seen(cell(page, 1, 1))).toBe('1');
  });

  scenario('offers the names of the live schema', async () => {
    const { page } = browser;
    await write(page, '');
    await page.keyboard.type('select * from shop.custo');
    await page.getByRole('option', { name: /^customers/ }).click();
    expect(await seen(editor(page))).toContain('shop.customers');
  });

  scenario(
    'reads a million rows, and the keyboard leads to the last',
    async () => {
      const { page } = browser;
      // Without an order PostgreSQL begins where the last scan of the table stopped (synchronize_seqscans).
      await run(page, 'select * from analytics.events order by id');
      await results(page).getByText('1,000,000 rows').waitFor();
      await grid(page).focus();
      await page.keyboard.press('ControlOrMeta+End');
      await inSight(page, MILLION, 12);
      await page.keyboard.press('Home');
      await inSight(page, MILLION, 1);
      expect(await seen(cell(page, MILLION, 1))).toBe(String(MILLION));
    },
    60_000,
  );

  scenario('shows the first row and the last exactly as the database prints them', async () => {
    const { page } = browser;
    for (const [keys, id] of [
      ['ControlOrMeta+Home', 1],
      ['ControlOrMeta+End', MILLION],
    ] as const) {
      await page.keyboard.press(keys);
      await page.keyboard.press('Shift+Space');
      const [expected] = await database.rows(`select ${COLUMNS} from analytics.events where id = ${id}`);
      expect(await copied(page)).toEqual([expected?.map((value) => value ?? '')]);
    }
  });

  scenario('reaches the last row and the first with the wheel as well', async () => {
    const { page } = browser;
    await page.keyboard.press('ControlOrMeta+Home');
    await cell(page, 1, 1).hover();
    const wheelTo = (row: number, by: number) =>
      until(`row ${row}`, async () => {
        await page.mouse.wheel(0, by);
        return cell(page, row, 1).isVisible();
      });
    await wheelTo(MILLION, 2_000_000);
    await inSight(page, MILLION, 1);
    await wheelTo(1, -2_000_000);
    await inSight(page, 1, 1);
  });

  scenario(
    'sorts all of them in the background',
    async () => {
      const { page } = browser;
      const header = grid(page).getByRole('columnheader', { name: /amount/ });
      await header.hover();
      await header.locator('[data-sort]').click();
      await until('sorted', async () => (await header.getAttribute('aria-sort')) === 'ascending');
      const [least] = (await database.rows('select min(amount) from analytics.events')) as [[string]];
      await until('the least amount on top', async () => (await seen(cell(page, 1, 6))) === least[0]);
    },
    60_000,
  );

  scenario('opens one value whole', async () => {
    const { page } = browser;
    await run(page, 'select id, payload from analytics.events where id <= 3 order by id');
    await cell(page, 2, 2).click();
    await page.keyboard.press('Enter');
    const value = page.getByRole('region', { name: 'Value' });
    const [[payload]] = (await database.rows('select payload from analytics.events where id = 2')) as [[string]];
    const shown = (await seen(value)).replaceAll(/\s/g, '');
    expect(shown).toContain(payload.replaceAll(/\s/g, ''));
    await page.keyboard.press('Escape');
    await value.waitFor({ state: 'hidden' });
  });

  scenario('cancels a statement in the database, not only on the screen', async () => {
    const { page } = browser;
    await start(page, 'select pg_sleep(600)');
    await until('the statement running', async () => (await database.running('pg_sleep(600)')) === 1);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await ended(page, 'cancelled');
    expect(await database.running('pg_sleep(600)')).toBe(0);
    await run(page, 'select 7 as alive');
    expect(await seen(cell(page, 1, 1))).toBe('7');
  });

  scenario('runs each tab on its own', async () => {
    const { page } = browser;
    await start(page, 'select pg_sleep(600)');
    await page.keyboard.press('Alt+T');
    await run(page, 'select 8 as meanwhile');
    expect(await seen(cell(page, 1, 1))).toBe('8');
    await page.getByText('1 other tab runs').waitFor();
    await page.keyboard.press('Alt+PageUp');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await ended(page, 'cancelled');
  });

  scenario(
    'looks as the README shows it',
    async () => {
      const { page } = browser;
      const tabs = page.getByRole('tablist', { name: 'Tabs' }).getByRole('tab');
      while ((await tabs.count()) > 0) await page.keyboard.press('Alt+W');
      await page.getByRole('button', { name: 'New tab at shop' }).click();
      await page.keyboard.press('F2');
      await page.keyboard.insertText('Best customers');
      await page.keyboard.press('Enter');
      await run(page, PICTURED);
      await resultTab(page, 'events').click();
      await results(page).getByText('1,000,000 rows').waitFor();
      await grid(page).focus();
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.press('Home');
      await cell(page, MILLION - 9, 2).click();
      await cell(page, MILLION - 4, 4).click({ modifiers: ['Shift'] });
      await page.mouse.move(0, 0);
      const picture = await page.screenshot();
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([WINDOW.width, WINDOW.height]);
      if (process.env.LODGE_PICTURE === '1') await writeFile(PICTURE, picture);
    },
    60_000,
  );
});
