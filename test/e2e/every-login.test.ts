/** Every engine that this machine can have, by every login that it offers, as a person opens it: found, tested by a statement. */
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, run } from './query-steps.ts';
import { claim, seen, signIn, treeRow } from './steps.ts';

interface Door {
  readonly resource: string;
  /** What the login is called in the form. */
  readonly login: 'IAM' | 'IAM, as a user' | 'Managed secret' | 'Password';
  /** Where the login asks for one. */
  readonly user?: string;
  /** Where the resource does not say which. */
  readonly database?: string;
  /** What is asked of the database, and what it must answer in the first cell. */
  readonly asks: string;
  readonly answers: string;
}

const WHO = 'select current_user';

/** As they stand in the issue's table; passwords are those of the banner. */
const DOORS: readonly Door[] = [
  { resource: 'shop', login: 'IAM', user: 'app_iam', asks: WHO, answers: 'app_iam' },
  { resource: 'shop', login: 'Managed secret', asks: WHO, answers: 'shop_owner' },
  { resource: 'shop', login: 'Password', user: 'app', asks: WHO, answers: 'app' },
  { resource: 'tickets', login: 'IAM', user: 'app_iam', asks: WHO, answers: 'app_iam' },
  { resource: 'shop-proxy', login: 'IAM', user: 'app_iam', database: 'shop', asks: WHO, answers: 'app_iam' },
  { resource: 'payroll', login: 'IAM', user: 'app_iam', asks: WHO, answers: 'app_iam' },
  { resource: 'warehouse', login: 'IAM', asks: `select 'seen'`, answers: 'seen' },
  { resource: 'warehouse', login: 'IAM, as a user', user: 'analyst', asks: `select 'seen'`, answers: 'seen' },
  { resource: 'warehouse', login: 'Managed secret', asks: WHO, answers: 'warehouse_owner' },
  { resource: 'warehouse', login: 'Password', user: 'analyst', asks: WHO, answers: 'analyst' },
  { resource: 'adhoc', login: 'IAM', asks: `select 'seen'`, answers: 'seen' },
  { resource: 'accounts', login: 'IAM', user: 'admin', asks: `select 'seen'`, answers: 'seen' },
];

const MARIADB: readonly Door[] = [
  { resource: 'bookings', login: 'IAM', user: 'app_iam', asks: `select 'seen'`, answers: 'seen' },
  { resource: 'bookings', login: 'Managed secret', asks: `select 'seen'`, answers: 'seen' },
  { resource: 'bookings', login: 'Password', user: 'front_desk', asks: `select 'seen'`, answers: 'seen' },
];

const PRODUCTS = 'db.products.find({}).limit(3)';
const catalog = { resource: 'catalog', database: 'catalog', asks: PRODUCTS, answers: '677485800100000000000000' };
const DOCUMENTDB: readonly Door[] = [
  { ...catalog, login: 'IAM' },
  { ...catalog, login: 'Managed secret' },
  { ...catalog, login: 'Password', user: 'curator' },
];

const title = ({ resource, login, user }: Door): string => `${resource} by ${login}${user ? ` as ${user}` : ''}`;

describeWith('chromium', 'every login', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let browser: Visit;
  const scenario = journey(() => browser);

  beforeAll(async () => {
    product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    browser = stack.use(await visit(product.url));
    await signIn(browser.page, product.keysOf('Ada'));
    await claim(browser.page, 'Kontor', ['eu-central-1', 'eu-west-1', 'us-east-1']);
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  const passwordOf = (user: string): string =>
    new RegExp(`password: ${user} / (\\S+)`).exec(product.printed())?.[1] ?? '';

  /** From the row's menu, which also makes a second connection to a resource. */
  async function open({ resource, login, user, database }: Door): Promise<void> {
    const { page } = browser;
    await treeRow(page, resource).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Connect/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(login, { exact: true }).click();
    if (user) await dialog.getByRole('textbox', { name: 'User' }).fill(user);
    if (login === 'Password') await dialog.locator('input[name="password"]').fill(passwordOf(user ?? ''));
    if (database) await dialog.getByRole('textbox', { name: /^Database/ }).fill(database);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** In a tab of its own; the connection is removed behind it, so that the list stays in sight. */
  async function ask({ asks, answers }: Door): Promise<void> {
    const { page } = browser;
    const connection = page.locator('[role="treeitem"][aria-selected="true"]');
    await connection.getByRole('button', { name: /^New tab at/, includeHidden: true }).click();
    await run(page, asks);
    expect(await seen(cell(page, 1, 1))).toBe(answers);
    await connection.getByRole('button', { name: /^Remove the connection/, includeHidden: true }).click();
  }

  for (const door of DOORS)
    scenario(`opens ${title(door)}`, async () => {
      await open(door);
      await ask(door);
    });

  describeWith('mariadb', 'of MariaDB', () => {
    for (const door of MARIADB)
      scenario(`opens ${title(door)}`, async () => {
        await open(door);
        await ask(door);
      });
  });

  describeWith('documentdb', 'of DocumentDB', () => {
    for (const door of DOCUMENTDB)
      scenario(`opens ${title(door)}`, async () => {
        await open(door);
        await ask(door);
      });
  });
});
