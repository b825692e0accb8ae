import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit } from './browser.ts';
import { type Direct, openDirectly } from './database.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, editor, ended, results, resultTab, run, start, write } from './query-steps.ts';
import { claim, connectByIam, pasteKeys, seen, signIn, signOut, treeRow, workbench } from './steps.ts';
import { until } from './until.ts';

describeWith('chromium', 'a session', () => {
  const stack = new AsyncDisposableStack();
  let folder: string;
  let product: Product;
  let browser: Visit;
  let database: Direct;
  const scenario = journey(() => browser);
  const keysDialog = () => browser.page.getByRole('dialog', { name: 'Your session has ended' });

  beforeAll(async () => {
    folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder }));
    database = stack.use(await openDirectly(folder));
    browser = stack.use(await visit(product.url));
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor');
    await connectByIam(browser.page, 'shop', 'app_iam');
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  scenario('keeps tabs and texts when the page is loaded again, and connects again by itself', async () => {
    const { page } = browser;
    await write(page, 'select 1 as first_tab');
    await page.keyboard.press('Alt+T');
    await write(page, 'select 2 as second_tab');
    await page.reload();
    await workbench(page);
    expect(await page.getByRole('tablist', { name: 'Tabs' }).getByRole('tab').allTextContents()).toEqual([
      'Query 1',
      'Query 2',
    ]);
    expect(await seen(editor(page))).toBe('select 2 as second_tab');
    await run(page, 'select current_user');
    expect(await seen(cell(page, 1, 1))).toBe('app_iam');
  });

  scenario('asks for keys when it has ended, and goes on with what was asked', async () => {
    const { page, context } = browser;
    // What the browser does by itself once the cookies' time has come.
    await context.clearCookies();
    await start(page, 'select 3 as afterwards');
    await keysDialog().waitFor();
    expect(await page.getByRole('tab', { name: 'Query 1' }).count()).toBe(1);
    await pasteKeys(page, product.keysOf('Ada'));
    await keysDialog().getByRole('button', { name: 'Sign in' }).click();
    await keysDialog().waitFor({ state: 'hidden' });
    await ended(page, 'done');
    expect(await seen(cell(page, 1, 1))).toBe('3');
    expect(await seen(editor(page))).toBe('select 3 as afterwards');
  });

  scenario('leaves everything to be read where one does not sign in again', async () => {
    const { page, context } = browser;
    await context.clearCookies();
    await start(page, 'select 4 as declined');
    await keysDialog().getByRole('button', { name: 'Close' }).click();
    await until('the run given up', async () => (await page.locator('[data-phase="declined"]').count()) === 1);
    expect(await seen(editor(page))).toBe('select 4 as declined');
  });

  scenario('refuses a session that somebody has tampered with', async () => {
    const { page, context } = browser;
    const { name, value, ...attributes } = {
      name: '__Host-lodge-session-0',
      value: 'not.a.token',
      url: product.url.replace('http:', 'https:'),
      httpOnly: true,
      secure: true,
    };
    await context.addCookies([{ name, value, ...attributes }]);
    await start(page, 'select 5 as never');
    await keysDialog().waitFor();
    await pasteKeys(page, product.keysOf('Ada'));
    await keysDialog().getByRole('button', { name: 'Sign in' }).click();
    await ended(page, 'done');
  });

  scenario(
    'says of a stream that was cut what had arrived, and goes on once the server is back',
    async () => {
      const { page } = browser;
      await start(
        page,
        "select 6 as before; select repeat('x', 1000), pg_sleep(0.01) from generate_series(1, 1000000)",
      );
      await resultTab(page, 'Result 2').waitFor();
      await until('rows', async () => /[1-9][\d,]* rows/.test(await seen(page.getByRole('contentinfo'))));
      await database[Symbol.asyncDispose]();
      await product.kill();
      await ended(page, 'cut');
      await resultTab(page, /^Messages/).click();
      const said = await seen(results(page).getByRole('alert'));
      expect(said).toContain('The answer was cut off before its end. What had arrived is kept.');
      await resultTab(page, 'Result 1').click();
      expect(await seen(cell(page, 1, 1))).toBe('6');
      expect(browser.faults().filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);

      const port = Number(new URL(product.url).port);
      product = stack.use(await startProduct({ folder, port }));
      await run(page, 'select 7 as again');
      expect(await seen(cell(page, 1, 1))).toBe('7');
    },
    60_000,
  );

  scenario('opens only the databases that the user’s own keys may open', async () => {
    const { page } = browser;
    await signOut(page);
    await signIn(page, product.keysOf('Ben'));
    await workbench(page);
    expect(await page.getByRole('tab').count()).toBe(0);
    await treeRow(page, 'shop').dblclick();
    const dialog = page.getByRole('dialog', { name: 'Connect to shop' });
    await dialog.getByRole('textbox', { name: 'User' }).fill('app_iam');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('alert').getByText('rds-db:connect', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await connectByIam(page, 'shop', 'analyst_iam');
    await run(page, 'select current_user');
    expect(await seen(cell(page, 1, 1))).toBe('analyst_iam');
    await signOut(page);
  });

  scenario('of a second user is a reader’s: the database refuses every change, whatever its own user may', async () => {
    const { page } = browser;
    await signIn(page, product.keysOf('Dana'));
    await workbench(page);
    expect(await seen(page.getByRole('contentinfo'))).toMatch(/dana@example\.com\s+Reader/);
    await connectByIam(page, 'shop', 'app_iam');
    await page.getByRole('tabpanel', { name: 'Query 1' }).getByText('read-only').waitFor();
    for (const change of [
      'select 1; delete from shop.orders;',
      'set transaction read write; delete from shop.orders;',
      'set session characteristics as transaction read write; commit; begin; delete from shop.orders; commit;',
    ]) {
      await run(page, change, 'failed');
      expect(await seen(results(page).getByRole('alert'))).toMatch(/read-(only|write)/i);
    }
    await using direct = await openDirectly(folder);
    const [[kept]] = (await direct.rows('select count(*) from shop.orders')) as [[string]];
    await run(page, 'select count(*) from shop.orders');
    expect(await seen(cell(page, 1, 1))).toBe(kept);
    expect(Number(kept)).toBeGreaterThan(0);
  });
});
