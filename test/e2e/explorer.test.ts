import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { inFocus } from './focus.ts';
import { answerInEveryWay } from './found.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, run } from './query-steps.ts';
import { claim, seen, signIn, treeRow, workbench } from './steps.ts';
import { until } from './until.ts';

const PARTNER = 'arn:aws:iam::444455556666:role/LodgeDatabases';

describeWith('chromium', 'finding a database and reaching it', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let browser: Visit;
  const scenario = journey(() => browser);
  const filter = () => browser.page.getByRole('searchbox', { name: 'Filter resources and objects' });
  const dialog = () => browser.page.getByRole('dialog');
  const details = () => browser.page.getByRole('complementary', { name: 'Details' });
  const copied = () => browser.page.evaluate(() => navigator.clipboard.readText());
  const expectNoViolations = async () => expect(await violations(browser.page)).toEqual([]);
  const isHere = (name: string) => treeRow(browser.page, name).first().waitFor();
  const isGone = (name: string) => treeRow(browser.page, name).first().waitFor({ state: 'hidden' });

  beforeAll(async () => {
    product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    browser = stack.use(await visit(product.url));
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor');
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  scenario('one filters by words and terms', async () => {
    await filter().fill('region:us-east-1');
    await isGone('ledger');
    await isHere('analytics');
    await filter().fill('service:rds ledg');
    await isHere('ledger');
    await isGone('analytics');
  });

  scenario('one ticks what there is, by the keyboard, and the same terms stand in the box', async () => {
    const { page } = browser;
    await filter().fill('');
    await page.keyboard.press('Alt+Shift+1');
    const group = page.getByRole('group', { name: 'Region' });
    await group.getByRole('checkbox', { name: /us-east-1/ }).focus();
    await page.keyboard.press('Space');
    expect(await filter().inputValue()).toBe('region:us-east-1');
    await isGone('ledger');
    await expectNoViolations();
    await page.keyboard.press('Escape');
    await group.waitFor({ state: 'hidden' });
  });

  scenario('the filter stays when the page is loaded again, and is cleared by one button', async () => {
    const { page } = browser;
    await page.reload();
    await workbench(page);
    expect(await filter().inputValue()).toBe('region:us-east-1');
    await isGone('ledger');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await isHere('ledger');
    expect(await inFocus(page)).toMatch(/Filter resources/);
  });

  scenario('one tests a connection, and sees each step pass', async () => {
    const { page } = browser;
    await treeRow(page, 'shop').dblclick();
    await dialog().getByRole('button', { name: 'Test connection' }).click();
    await dialog().getByText('All is well').waitFor();
    const steps = dialog().getByRole('region', { name: 'Test of the connection' }).getByRole('listitem');
    expect(await steps.evaluateAll((all) => all.map((one) => one.getAttribute('data-state')))).not.toContain('failed');
    await expectNoViolations();
  });

  scenario('and where it fails, which step it is, and what to do', async () => {
    await dialog().getByText('Password', { exact: true }).click();
    await dialog().getByRole('textbox', { name: 'User' }).fill('app');
    await dialog().locator('input[name="password"]').fill('wrong');
    await dialog().getByRole('button', { name: 'Test connection' }).click();
    await dialog().getByText('It fails at: Login.').waitFor();
    await expectNoViolations();
  });

  scenario('one logs in with the managed secret, without typing anything', async () => {
    const { page } = browser;
    await dialog().getByText('Managed secret', { exact: true }).click();
    expect(
      await dialog()
        .getByRole('radio', { name: /^The managed one/ })
        .isChecked(),
    ).toBe(true);
    await dialog().getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
    await run(page, 'select current_user');
    expect(await seen(cell(page, 1, 1))).toBe('shop_owner');
  });

  scenario('one adds another account; its role asks for an external id, and says so', async () => {
    const { page } = browser;
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox').fill('add an account');
    await page.keyboard.press('Enter');
    await dialog().getByLabel('Role ARN').fill('LodgeDatabases');
    await dialog().getByRole('button', { name: 'Add and look' }).click();
    await dialog().getByText('This is not the ARN of a role.').waitFor();
    await dialog().getByLabel('Role ARN').fill(PARTNER);
    await dialog().getByLabel('Name').fill('Partner GmbH');
    await dialog().getByText('What the role must allow').click();
    await expectNoViolations();
    await dialog().getByRole('button', { name: 'Add and look' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await treeRow(page, 'Partner GmbH').getByText('refused').waitFor();
    await page.keyboard.press('ControlOrMeta+I');
    await details().getByRole('alert').waitFor();
    await expectNoViolations();
    await details().getByRole('button', { name: 'Trust statement' }).click();
    expect(await copied()).toContain('"sts:AssumeRole"');
  });

  scenario('with the external id, that account is a section of its own, and is opened through the role', async () => {
    const { page } = browser;
    await details().getByRole('button', { name: 'Change…' }).click();
    await dialog().getByLabel('External ID').fill('lodge-demo');
    await dialog().getByRole('button', { name: 'Save and look again' }).click();
    await isHere('partner');
    await treeRow(page, 'partner').dblclick();
    await dialog().getByRole('textbox', { name: 'User' }).fill('analyst_iam');
    await dialog().getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
    await page.keyboard.press('Alt+T');
    await page.keyboard.press('Alt+C');
    await page.getByRole('combobox').fill('partner analyst');
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'hidden' });
    await run(page, 'select current_user');
    expect(await seen(cell(page, 1, 1))).toBe('analyst_iam');
  });

  scenario(
    'after a reload that connection is made again by itself; the external id is in no lasting storage',
    async () => {
      const { page } = browser;
      await page.reload();
      await isHere('partner');
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('lodge-demo"');
      await run(page, 'select current_user');
      expect(await seen(cell(page, 1, 1))).toBe('analyst_iam');
    },
  );

  scenario('one takes the account off the list, and gets it back', async () => {
    const { page } = browser;
    await treeRow(page, 'Partner GmbH').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove the account' }).click();
    await isGone('Partner GmbH');
    await page.getByRole('button', { name: 'Undo' }).click();
    await isHere('partner');
    await treeRow(page, 'Partner GmbH').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove the account' }).click();
    await isGone('Partner GmbH');
  });

  scenario('what could not be listed is told in few words, with what to do', async () => {
    const { page } = browser;
    await answerInEveryWay(page);
    await page.getByRole('button', { name: 'Look for resources again' }).click();
    const gaps = page.getByRole('region', { name: 'What could not be listed' });
    await gaps.getByText('Not all could be listed').click();
    const said = await seen(gaps);
    expect(said).toContain('Redshift, Redshift Serverless in eu-central-1: your keys may not list them.');
    expect(said).toContain('DocumentDB in eu-central-1: AWS asked to slow down.');
    expect(said).toContain('DocumentDB Elastic in eu-central-1: no answer in time.');
    expect(said).toContain('us-east-1: not enabled for this account.');
    await gaps.getByRole('button', { name: 'Policy' }).click();
    expect(await copied()).toContain('"redshift:DescribeClusters"');
    await expectNoViolations();
  });

  scenario('a cluster has its endpoints and instances below it, and its details say what would reach it', async () => {
    const { page } = browser;
    await treeRow(page, 'orders').click();
    await page.keyboard.press('ArrowRight');
    await isHere('reader endpoint');
    await isHere('orders-1');
    await details().getByText('Not reachable: No network of this instance is in vpc-0a1b.').waitFor();
    await details().getByRole('button', { name: 'Copy the lines for cdk.json' }).click();
    expect(await copied()).toContain('"vpcId": "vpc-0a1b"');
    const link = details().getByRole('link', { name: /AWS console/ });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await expectNoViolations();
  });

  scenario('an engine in preview is marked, and one without code of ours is listed and says so', async () => {
    const { page } = browser;
    await treeRow(page, 'payroll').getByText('Preview', { exact: true }).waitFor();
    await treeRow(page, 'payroll').click();
    await details()
      .getByText(/^Preview: /)
      .waitFor();
    await treeRow(page, 'graph').getByText('listed only').waitFor();
    await treeRow(page, 'graph').click();
    await details().getByText('has no engine to open it yet').waitFor();
    await expectNoViolations();
  });

  scenario('the reader endpoint is chosen by its row, and says that it only reads', async () => {
    const { page } = browser;
    await treeRow(page, 'reader endpoint').dblclick();
    const picker = dialog().getByLabel('Endpoint');
    expect(await picker.evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.textContent)).toBe(
      'Reader endpoint (read-only)',
    );
    await dialog().getByText('As Lodge is set up, it does not reach this database.').waitFor();
    await expectNoViolations();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });

  scenario('a region that answers when it is asked again is no gap any more', async () => {
    const gaps = browser.page.getByRole('region', { name: 'What could not be listed' });
    await gaps.getByRole('button', { name: 'Ask again' }).first().click();
    await until('only the other region left', async () => !(await seen(gaps)).includes('eu-central-1'));
    expect(await seen(gaps)).toContain('us-east-1');
  });
});
