import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { allowRole, ROLE, saveScript } from './automated.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { inFocus, tabStops, tabTo } from './focus.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { claim, seen, signIn } from './steps.ts';
import { until } from './until.ts';

describeWith('chromium', 'an automation with the keyboard alone', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let browser: Visit;
  const scenario = journey(() => browser);
  const press = (key: string) => browser.page.keyboard.press(key);
  const type = (text: string) => browser.page.keyboard.insertText(text);
  const expectFocus = (name: RegExp) =>
    until(`the focus on ${name}`, async () => name.test((await inFocus(browser.page)) ?? ''));
  /** Goes to a button or a field with Tab, and presses it. */
  const enter = async (name: RegExp, key = 'Enter') => {
    await tabTo(browser.page, name);
    await press(key);
  };

  beforeAll(async () => {
    product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    browser = stack.use(await visit(product.url));
    const { page } = browser;
    await signIn(page, product.keysOf('Ada'));
    await claim(page, 'Kontor');
    await allowRole(page);
    await saveScript(page, {
      name: 'Orders to a number',
      text: 'select id from shop.orders where id <= :most order by id',
      parameters: [{ name: 'most', type: 'integer', required: true, default: '4' }],
      resource: { id: 'arn:aws:rds:eu-central-1:111122223333:db:shop', name: 'shop' },
      database: 'shop',
    });
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  scenario('one comes to the form, which shows at each stop where one is', async () => {
    const { page } = browser;
    await press('Alt+A');
    await page.getByText('Nothing is automated yet.').waitFor();
    await enter(/^button: New automation/);
    await page.getByRole('heading', { name: 'New automation' }).waitFor();
    const { all, unseen } = await tabStops(page);
    expect(unseen).toEqual([]);
    for (const stop of [/^combobox: Script/, /^input: Role/, /^section/, /^button: Make the automation/])
      expect(all).toContainEqual(expect.stringMatching(stop));
  });

  scenario('what is missing is led to, and said with the field', async () => {
    const { page } = browser;
    await enter(/^button: Make the automation/);
    await expectFocus(/^combobox: Script/);
    const described = await page
      .getByRole('combobox', { name: 'Script' })
      .evaluate((field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent);
    expect(described).toBe('Choose the script that shall run.');
    expect(await violations(page)).toEqual([]);
  });

  scenario('one chooses the script, names the role, and checks it', async () => {
    const { page } = browser;
    await expectFocus(/^combobox: Script/);
    await type('orders to');
    await page.getByRole('option', { name: /Orders to a number/ }).waitFor();
    await press('Enter');
    await until('its parameter', () => page.getByLabel(':most').isVisible());
    await tabTo(page, /^input: Role/);
    await type(ROLE);
    await enter(/^button: Check/);
    await page.getByText('All is well.').waitFor();
  });

  scenario('one gives it a schedule, and makes it', async () => {
    const { page } = browser;
    await enter(/^input: Runs on a schedule/, 'Space');
    await enter(/^button: Every week/);
    await page.getByText(/^Mondays at 03:00\./).waitFor();
    await enter(/^button: Make the automation/);
    await page.getByRole('heading', { name: 'Orders to a number' }).waitFor();
    await page.getByText('It has not run yet.').waitFor();
  });

  scenario('one runs it now, opens its run, and reads the result', async () => {
    const { page } = browser;
    await enter(/^button: Run now/);
    const runs = page.getByRole('grid', { name: 'Runs' });
    await runs.getByText('Succeeded').waitFor();
    await tabTo(page, /^grid: Runs/);
    await press('ArrowDown');
    await press('Enter');
    const panel = page.getByRole('complementary', { name: 'Run' });
    await panel.waitFor();
    await enter(/^button: Show the first rows/);
    await panel.getByRole('table').waitFor();
    expect((await seen(panel.getByRole('table'))).split('\n')).toEqual(['id', '1', '2', '3', '4']);
    await tabTo(page, /^a: Download as CSV/);
    expect(await violations(page)).toEqual([]);
  });
});
