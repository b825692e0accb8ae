import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRegistry } from '#core/local/account/registry.ts';
import { loadSeed } from '#core/local/account/seed.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { type Visit, visit } from './browser.ts';
import { journey } from './journey.ts';
import { keyBlock, type Product, startProduct } from './product.ts';
import { claim, pasteKeys, seen, signIn, signOut, workbench } from './steps.ts';

describeWith('chromium', 'signing in', () => {
  const stack = new AsyncDisposableStack();
  let folder: string;
  let product: Product;
  let browser: Visit;
  const alert = () => browser.page.getByRole('alert');

  beforeAll(async () => {
    folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder }));
    browser = stack.use(await visit(product.url));
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);
  const scenario = journey(() => browser);

  scenario('invites the first user to claim the instance', async () => {
    await browser.page.getByRole('heading', { name: 'Set up this instance' }).waitFor();
    expect(await browser.page.title()).toBe('Lodge');
  });

  scenario('takes a pasted block apart, and says that a long-term key will be exchanged and forgotten', async () => {
    const { page } = browser;
    const block = product.keysOf('Ada');
    await pasteKeys(page, block);
    expect(await page.getByLabel('Access key ID').inputValue()).toMatch(/^AKIA[A-Z0-9]+$/);
    expect(block).toContain(await page.getByLabel('Secret access key', { exact: true }).inputValue());
    await page.getByText('it will be exchanged for temporary ones at once, and forgotten').waitFor();
    expect(await page.getByLabel('Session token', { exact: true }).count()).toBe(0);
  });

  scenario('shows the field of the session token as soon as a key is temporary', async () => {
    await browser.page.getByLabel('Access key ID').fill('ASIA');
    await browser.page.getByLabel('Session token', { exact: true }).waitFor();
  });

  scenario('says which field is wrong before it asks anybody', async () => {
    const { page } = browser;
    await page.getByLabel('Access key ID').fill('AKIA');
    await page.getByLabel('Secret access key', { exact: true }).fill('short');
    await page.getByRole('button', { name: /^Sign in/ }).click();
    await page.getByText('The secret access key is too short.').waitFor();
    expect(await page.getByLabel('Access key ID').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('accessKeyId');
  });

  scenario('refuses a wrong secret and says what to check', async () => {
    const wrong = product.keysOf('Ada').replace(/(SECRET_ACCESS_KEY=.*).{6}$/m, '$1WRONG0');
    await signIn(browser.page, wrong);
    await alert().getByText('The secret access key does not belong to this access key.').waitFor();
  });

  scenario('refuses the root user and says whom to make instead', async () => {
    await signIn(browser.page, product.keysOf('The root user'));
    await alert().getByText('The root user may not sign in.').waitFor();
    await alert().getByText('Make an IAM user or a role').waitFor();
  });

  scenario('refuses temporary keys that have expired and says where new ones come from', async () => {
    const keys = createRegistry(await loadSeed(folder)).issue('dana', 'assumed-role', -60);
    await signIn(browser.page, keyBlock(keys));
    await alert().getByText('These temporary keys have expired.').waitFor();
    await alert().getByText('access portal').waitFor();
  });

  scenario('lets the first user claim: a name, the regions, and the role of administrator', async () => {
    const { page } = browser;
    await signIn(page, product.keysOf('Ada'));
    await page.getByRole('heading', { name: 'Claim this instance' }).waitFor();
    expect(await seen(page.getByRole('main'))).toContain('111122223333');
    await claim(page, 'Kontor');
    expect(await page.title()).toBe('Kontor · Lodge');
    expect(await seen(page.getByRole('contentinfo'))).toMatch(/ada\s+Administrator\s+lodge-demo/);
  });

  scenario('names every region as it answers, and what it found there', async () => {
    const { page } = browser;
    await page.getByText('resources found').click();
    const found = (region: string) => seen(page.getByRole('row', { name: region }));
    expect(await found('eu-central-1')).toMatch(/RDS \d.*DynamoDB 1/);
    expect(await found('us-east-1')).toMatch(/RDS 1/);
  });

  scenario('signs out: the cookies are gone and the page asks for keys again', async () => {
    const { page, context } = browser;
    expect(
      (await context.cookies()).map(({ name, httpOnly, secure, sameSite }) => ({ name, httpOnly, secure, sameSite })),
    ).toEqual([{ name: '__Host-lodge-session-0', httpOnly: true, secure: true, sameSite: 'Strict' }]);
    await signOut(page);
    await page.getByRole('heading', { name: 'Kontor' }).waitFor();
    expect(await context.cookies()).toEqual([]);
  });

  scenario('refuses another account once it is claimed, and says so', async () => {
    await signIn(browser.page, product.keysOf('Erin'));
    await alert().getByText('This instance serves another AWS account.').waitFor();
    expect(await seen(alert())).not.toContain('111122223333');
    await alert().getByText('Sign in with keys of the account that this instance serves.').waitFor();
  });

  scenario('names the one action that is missing where a service may not be listed, and shows the others', async () => {
    const { page } = browser;
    await signIn(page, product.keysOf('Cleo'));
    await workbench(page);
    const gaps = page.getByRole('region', { name: 'What could not be listed' });
    expect(await gaps.getByRole('listitem').count()).toBe(1);
    // What is missing for the same reason is said once.
    expect(await seen(gaps)).toContain('RDS, RDS Proxy and 4 more in 2 regions: your keys may not list them.');
    await gaps.getByText('rds:DescribeDBInstances', { exact: true }).waitFor();
    await page.getByRole('treeitem', { name: 'DynamoDB eu-central-1' }).waitFor();
    await gaps.getByRole('button', { name: /policy/i }).click();
    const policy = await page.evaluate(() => navigator.clipboard.readText());
    expect(policy).toContain('"rds:DescribeDBInstances"');
    await signOut(page);
  });

  scenario('takes temporary keys as they are', async () => {
    const { page } = browser;
    await signIn(page, product.keysOf('Dana'));
    await workbench(page);
    expect(await seen(page.getByRole('contentinfo'))).toMatch(/dana@example\.com\s+Reader/);
    await signOut(page);
  });

  scenario('keeps no key anywhere: not in the browser, not in the log', async () => {
    const kept = await browser.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    const log = await readFile(join(folder, 'lodge.log'), 'utf8');
    expect(log.split('\n').length).toBeGreaterThan(10);
    for (const person of ['Ada', 'Cleo', 'Dana', 'Erin', 'The root user'])
      for (const line of product.keysOf(person).split('\n').slice(1)) {
        const secret = line.slice(line.indexOf('=') + 1);
        expect(secret.length).toBeGreaterThan(30);
        expect(kept).not.toContain(secret);
        expect(log).not.toContain(secret);
      }
  });
});
