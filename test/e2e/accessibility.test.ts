import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, grid, results, resultTab, run } from './query-steps.ts';
import { claim, connectByIam, openSchema, pasteKeys, signIn, signOut, treeRow, workbench } from './steps.ts';

describeWith('chromium', 'each screen, in light and in dark, breaks no rule of WCAG 2.2 AA', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let browser: Visit;
  const scenario = journey(() => browser);
  const expectNoViolations = async () => expect(await violations(browser.page)).toEqual([]);

  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder }));
    browser = stack.use(await visit(product.url));
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  scenario('the sign-in page, with its help open', async () => {
    await browser.page.getByText('Where do I get keys?').click();
    await expectNoViolations();
  });

  scenario('the sign-in page after a refusal', async () => {
    const { page } = browser;
    await page.getByLabel('Access key ID').fill('ASIA');
    await page.getByRole('button', { name: /^Sign in/ }).click();
    await page.getByText('they need their session token').waitFor();
    await expectNoViolations();
    await signIn(page, product.keysOf('The root user'));
    await page.getByRole('alert').waitFor();
    await expectNoViolations();
  });

  scenario('the claim', async () => {
    await signIn(browser.page, product.keysOf('Ada'));
    await browser.page.getByRole('heading', { name: 'Claim this instance' }).waitFor();
    await expectNoViolations();
    await claim(browser.page, 'Kontor');
  });

  scenario('the workbench with nothing open', expectNoViolations);

  scenario('the connect dialog, and its refusal', async () => {
    const { page } = browser;
    await treeRow(page, 'ledger').dblclick();
    const dialog = page.getByRole('dialog', { name: 'Connect to ledger' });
    await dialog.waitFor();
    await expectNoViolations();
    await dialog.locator('input[name="password"]').fill('whatever');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await expectNoViolations();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  scenario('an open connection, its tree, and the details of a table', async () => {
    const { page } = browser;
    await connectByIam(page, 'shop', 'app_iam');
    await openSchema(page, 'shop');
    await treeRow(page, 'orders').click();
    await page.keyboard.press('ControlOrMeta+I');
    await page.getByText('create table shop.orders').waitFor();
    await expectNoViolations();
    await page.keyboard.press('ControlOrMeta+I');
  });

  scenario('results, messages and an error', async () => {
    const { page } = browser;
    await run(page, 'select * from shop.orders;\nselect id, payload, products from analytics.events;');
    await grid(page).waitFor();
    await expectNoViolations();
    await resultTab(page, /^Messages/).click();
    await expectNoViolations();
    await run(page, 'select nonsense', 'failed');
    await results(page).getByRole('alert').waitFor();
    await expectNoViolations();
  });

  scenario('a value on its own', async () => {
    const { page } = browser;
    await run(page, 'select payload from analytics.events order by id');
    await cell(page, 1, 1).click();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Value' }).waitFor();
    await expectNoViolations();
    await page.keyboard.press('Escape');
  });

  scenario('the menus', async () => {
    const { page } = browser;
    await cell(page, 1, 1).click({ button: 'right' });
    await page.getByRole('menu').waitFor();
    await expectNoViolations();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'ada: session and help' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await expectNoViolations();
    await page.keyboard.press('Escape');
  });

  scenario('the palette and the list of shortcuts', async () => {
    const { page } = browser;
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox').fill('o');
    await expectNoViolations();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('F1');
    await page.getByRole('dialog').waitFor();
    await expectNoViolations();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  scenario('the dialog of a session that has ended', async () => {
    const { page, context } = browser;
    await context.clearCookies();
    await page.getByRole('button', { name: 'Look for resources again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await expectNoViolations();
    await pasteKeys(page, product.keysOf('Ada'));
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await workbench(page);
  });

  scenario('a list of resources with a service that may not be listed', async () => {
    const { page } = browser;
    await signOut(page);
    await signIn(page, product.keysOf('Cleo'));
    await workbench(page);
    await page.getByText('resource found').or(page.getByText('resources found')).click();
    await expectNoViolations();
  });
});
