import type { Locator, Page } from 'playwright-core';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { write } from './query-steps.ts';
import { claim, connectByIam, seen, signIn } from './steps.ts';

const TEXT = 'select id, status from shop.orders where id <= :most order by id';
const ROLE = 'arn:aws:iam::111122223333:role/lodge-nightly';

describeWith('chromium', 'automations', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let ada: Visit;
  const scenario = journey(() => ada);

  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder }));
    ada = stack.use(await visit(product.url));
    await signIn(ada.page, product.keysOf('Ada'));
    await claim(ada.page, 'Kontor');
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });
  const press = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true }).click();
  const grid = (page: Page, name: string): Locator => page.getByRole('grid', { name });

  /** How far the window itself could be scrolled: the page scrolls in it, below its bar. */
  const beyondWindow = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);

  scenario('the page says how to begin, and an administrator allows a role', async () => {
    const { page } = ada;
    await page.keyboard.press('Alt+A');
    await page.getByText('Nothing is automated yet.').waitFor();
    expect(await seen(page.getByRole('main', { name: 'Automations' }))).toContain(
      'an administrator allows a role under Settings',
    );
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Roles of automations').fill(ROLE);
    expect(await beyondWindow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await press(page, 'Save');
    await page.getByText('Saved. It counts from the next request on.').waitFor();
  });

  scenario('a script is automated from its own menu, with its place and its defaults', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Workbench' }).click();
    await connectByIam(page, 'shop', 'app_iam');
    await write(page, TEXT);
    await page.keyboard.press('Alt+P');
    const parameters = dialog(page, 'Parameters');
    await parameters.getByLabel('Type of most').selectOption('integer');
    await parameters.getByLabel('Default of most').fill('7');
    await press(parameters, 'Keep');
    await page.keyboard.press('ControlOrMeta+S');
    const form = dialog(page, 'Save as a script');
    await form.getByLabel('Name').fill('First orders');
    await press(form, 'Save the script');
    await form.waitFor({ state: 'hidden' });
    await press(page, 'More about this script');
    await page.getByRole('menuitem', { name: 'Automate the script' }).click();
    await page.getByRole('heading', { name: 'New automation' }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('First orders');
    expect(await page.getByLabel(':most').inputValue()).toBe('7');
    expect(await page.getByRole('combobox', { name: 'Resource' }).inputValue()).toBe('shop');
  });

  scenario('what is wrong is said at its field, and the policies of the role stand there to be pasted', async () => {
    const { page } = ada;
    await page.getByLabel(':most').fill('many');
    await press(page, 'Make the automation');
    expect(await seen(page.getByRole('main', { name: 'Automations' }))).toContain('It is no whole number.');
    await page.getByLabel(':most').fill('5');
    await page.getByLabel('Role', { exact: true }).fill('arn:aws:iam::111122223333:role/another');
    await page.getByText('The settings do not allow this role.').waitFor();
    await page.getByLabel('Role', { exact: true }).fill(ROLE);
    await press(page, 'Copy the trust policy');
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(copied.Statement[0].Action).toBe('sts:AssumeRole');
    await press(page, 'Copy the permission policy');
    const { Statement } = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(Statement).toMatchObject([
      { Action: 'rds:DescribeDBInstances', Resource: expect.stringMatching(/:db:shop$/) },
      { Action: 'rds-db:connect', Resource: expect.stringMatching(/:dbuser:db-LODGEDEMOSHOP0+\/app_iam$/) },
    ]);
    expect(await violations(page)).toEqual([]);
  });

  scenario('a check goes through the role, the resource and the login', async () => {
    const { page } = ada;
    await press(page, 'Check');
    await page.getByText('All is well.').waitFor();
    const steps = page.getByRole('list', { name: 'Steps of the check' });
    expect(await seen(steps)).toContain('The role can be assumed');
    await page.getByLabel('Login').selectOption('secret');
    await press(page, 'Check');
    await page.getByText('It would fail.').waitFor();
    expect(await seen(steps)).toMatch(
      /The role does not allow secretsmanager:GetSecretValue[\s\S]*The permission policy above allows it/,
    );
    expect(await violations(page)).toEqual([]);
    expect(await beyondWindow(page)).toBe(0);
    await page.getByLabel('Login').selectOption('');
  });

  scenario('the next five times follow what is typed, in the zone that is chosen', async () => {
    const { page } = ada;
    await page.getByLabel('Runs on a schedule').check();
    const times = page.getByRole('list', { name: 'Next times' });
    await page.getByLabel('Schedule', { exact: true }).fill('cron(0 4 ? * MON *)');
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await page.getByText('Mondays at 04:00. The next times, in Europe/Berlin:').waitFor();
    expect(await times.getByRole('listitem').count()).toBe(5);
    await page.getByLabel('Schedule', { exact: true }).fill('cron(0 4 * * * *)');
    await page.getByText(/says \? for the day of the month/).waitFor();
    await press(page, 'Every day');
    await times.waitFor();
  });

  scenario(
    'it is made, runs when it is told to, and shows its first rows and a link',
    async () => {
      const { page } = ada;
      await page.getByLabel('Folder').fill('orders');
      await press(page, 'Make the automation');
      await press(page, 'Run now');
      const runs = grid(page, 'Runs');
      await runs.getByText('Succeeded').waitFor();
      await runs.getByText('Succeeded').click();
      const panel = page.getByRole('complementary', { name: 'Run' });
      await press(panel, 'Show the first rows');
      const rows = panel.getByRole('table');
      await rows.waitFor();
      expect(await rows.getByRole('row').count()).toBe(6);
      const link = panel.getByRole('link', { name: 'Download as CSV' });
      const answer = await fetch((await link.getAttribute('href')) ?? '');
      expect((await answer.text()).trim().split('\n')).toHaveLength(6);
      expect(await violations(page)).toEqual([]);
    },
    60_000,
  );

  scenario('it is paused and changed, and runs no more until it is resumed', async () => {
    const { page } = ada;
    await press(page, 'Pause');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await press(page, 'Change…');
    await page.getByLabel('Name').fill('Orders at four');
    await page.getByText('Not saved: Name.').waitFor();
    await press(page, 'Save');
    await page.getByRole('heading', { name: 'Orders at four paused' }).waitFor();
    expect(await page.getByRole('button', { name: 'Run now' }).isDisabled()).toBe(true);
  });

  scenario('the list tells its schedule and its last run, and it is deleted by name', async () => {
    const { page } = ada;
    await press(page, 'All automations');
    const list = grid(page, 'Automations');
    await list.getByText('Orders at four').waitFor();
    expect(await seen(list)).toMatch(/Daily at 03:00, Europe\/Berlin[\s\S]*paused[\s\S]*Succeeded/);
    expect(await violations(page)).toEqual([]);
    await list.getByText('Orders at four').click();
    await press(page, 'Delete…');
    await press(dialog(page, 'Delete “Orders at four”?'), 'Delete the automation');
    await page.getByText('Nothing is automated yet.').waitFor();
  });
});
