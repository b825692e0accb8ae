import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit } from './browser.ts';
import { inFocus, tabStops, tabTo } from './focus.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, ended, grid, inSight } from './query-steps.ts';
import { seen, treeRow, workbench } from './steps.ts';
import { until } from './until.ts';

describeWith('chromium', 'with the keyboard alone', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let browser: Visit;
  const scenario = journey(() => browser);
  const press = (key: string) => browser.page.keyboard.press(key);
  const type = (text: string) => browser.page.keyboard.insertText(text);
  const expectFocus = (name: RegExp) =>
    until(`the focus on ${name}`, async () => name.test((await inFocus(browser.page)) ?? ''));

  beforeAll(async () => {
    product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    browser = stack.use(await visit(product.url));
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  scenario('the sign-in page shows at each stop where one is', async () => {
    await expectFocus(/^input: Access key ID/);
    const { all, unseen } = await tabStops(browser.page);
    expect(unseen).toEqual([]);
    for (const stop of [/Access key ID/, /Secret access key/, /Sign in/, /Where do I get keys/, /Colours/])
      expect(all).toContainEqual(expect.stringMatching(stop));
  });

  scenario('one signs in', async () => {
    const { page } = browser;
    await page.evaluate((text) => navigator.clipboard.writeText(text), product.keysOf('Ada'));
    await page.reload();
    await expectFocus(/^input: Access key ID/);
    await press('ControlOrMeta+V');
    await press('Enter');
    await page.getByRole('heading', { name: 'Claim this instance' }).waitFor();
  });

  scenario('one claims, and chooses the regions', async () => {
    const { page } = browser;
    await tabTo(page, /^input: Name/);
    await press('ControlOrMeta+A');
    await type('Kontor');
    await tabTo(page, /Filter the regions/);
    await type('frankfurt');
    await tabTo(page, /Frankfurt/);
    if (!(await page.getByRole('checkbox', { name: /Frankfurt/ }).isChecked())) await press('Space');
    await tabTo(page, /Claim and open/);
    await press('Enter');
    await workbench(page);
  });

  scenario('the workbench shows at each stop where one is', async () => {
    const { all, unseen } = await tabStops(browser.page);
    expect(unseen).toEqual([]);
    for (const stop of [
      /Search or run a command/,
      /Filter resources/,
      /^tree/,
      /^separator: Width/,
      /session and help/,
    ])
      expect(all).toContainEqual(expect.stringMatching(stop));
  });

  scenario('one finds a database and connects', async () => {
    const { page } = browser;
    await press('Alt+1');
    await expectFocus(/Filter resources/);
    await type('shop');
    await treeRow(page, 'ledger').waitFor({ state: 'hidden' });
    await press('ArrowDown');
    await expectFocus(/^tree/);
    await press('ArrowDown');
    await page.getByRole('treeitem', { selected: true }).getByText('shop').waitFor();
    await press('Enter');
    await page.getByRole('dialog', { name: 'Connect to shop' }).waitFor();
    await expectFocus(/^input: User/);
    await press('ControlOrMeta+A');
    await type('app_iam');
    await press('Enter');
    await expectFocus(/^textbox: Statement/);
  });

  scenario('one writes a statement, runs it, and walks through its rows', async () => {
    const { page } = browser;
    await type('select id, payload from analytics.events order by id');
    await press('Escape');
    await press('ControlOrMeta+Enter');
    await ended(page, 'done');
    await press('Alt+4');
    await until('the grid in focus', () => grid(page).evaluate((one) => one === document.activeElement));
    await press('ControlOrMeta+End');
    await inSight(page, 1_000, 2);
    expect(await cell(page, 1_000, 2).getAttribute('data-active')).not.toBeNull();
    await press('Enter');
    await page.getByRole('region', { name: 'Value' }).waitFor();
    await press('Escape');
    await page.getByRole('region', { name: 'Value' }).waitFor({ state: 'hidden' });
  });

  scenario('one leaves the editor with Escape and Tab', async () => {
    await press('Alt+2');
    await expectFocus(/^textbox: Statement/);
    await press('Escape');
    await press('Tab');
    expect(await inFocus(browser.page)).not.toMatch(/Statement/);
  });

  scenario('one does everything else by its name', async () => {
    const { page } = browser;
    await press('ControlOrMeta+K');
    await expectFocus(/^combobox/);
    await type('customers');
    await page.getByRole('option', { name: /^customers/ }).waitFor();
    await press('Enter');
    await page.getByRole('tab', { name: 'customers', selected: true }).first().waitFor();
    await press('ControlOrMeta+K');
    await expectFocus(/^combobox/);
    await type('colours dark');
    await press('Enter');
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  });

  scenario('one signs out', async () => {
    const { page } = browser;
    await press('Alt+1');
    await tabTo(page, /ada: session and help/, 'Shift+Tab');
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await press('ArrowUp');
    await press('Enter');
    await expectFocus(/^input: Access key ID/);
    expect(await seen(page.getByRole('main'))).toContain('Sign in with your AWS keys');
  });
});
