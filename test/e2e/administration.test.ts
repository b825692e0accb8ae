import type { Locator, Page } from 'playwright-core';
import type { AccessView } from '#contract/access.ts';
import type { User } from '#contract/people.ts';
import type { SettingsView } from '#contract/settings.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { inFocus, tabStops } from './focus.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { claim, seen, signIn, signOut, workbench } from './steps.ts';
import { until } from './until.ts';

describeWith('chromium', 'administering an instance', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let ada: Visit;
  let ben: Visit;
  const scenario = journey(() => ada);

  beforeAll(async () => {
    product = stack.use(await startProduct({ folder: stack.use(await temporaryFolder()).path }));
    ada = stack.use(await visit(product.url));
    ben = stack.use(await visit(product.url));
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
  const goTo = async (page: Page, title: string) => {
    await page.getByRole('button', { name: /session and help$/ }).click();
    await page.getByRole('menuitem', { name: title }).click();
    await page.getByRole('heading', { name: title, level: 2 }).waitFor();
  };
  const settingsNow = () => ask<SettingsView>(ada.page, 'GET', '/api/settings');
  const accessNow = () => ask<AccessView>(ada.page, 'GET', '/api/access');

  scenario('the claim fills a list of what its keys may find, and names what is missing', async () => {
    const { page } = ada;
    await signIn(page, product.keysOf('Cleo'));
    const list = page.getByRole('list', { name: 'Permissions' });
    await page.getByText(/^\d+ allowed, \d+ denied/).waitFor();
    const row = list.getByRole('listitem').filter({ has: page.getByText('RDS', { exact: true }) });
    expect(await seen(row)).toMatch(/RDS\s+Denied\s+rds:DescribeDBInstances/);
    await row.getByRole('button', { name: 'Copy a policy statement for RDS' }).click();
    expect(JSON.parse(await clipboard(page))).toMatchObject({ Effect: 'Allow', Action: 'rds:DescribeDBInstances' });
    expect(await seen(list.getByRole('listitem').filter({ hasText: 'DynamoDB' }))).toMatch(/Allowed/);
    await page.getByRole('button', { name: 'Sign out' }).click();
  });

  scenario('loses nothing where one leaves it and comes back', async () => {
    const { page } = ada;
    await signIn(page, product.keysOf('Ada'));
    await field(page, 'Name').fill('Kontor');
    await page.getByRole('button', { name: '8 hours' }).click();
    await page.getByRole('radio', { name: 'Editor' }).check();
    await field(page, 'Rows of a result').fill('50000');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, product.keysOf('Ada'));
    await page.getByText(/^\d+ allowed/).waitFor();
    expect(await field(page, 'Name').inputValue()).toBe('Kontor');
    expect(await field(page, 'Session length').inputValue()).toBe('480');
    expect(await field(page, 'Rows of a result').inputValue()).toBe('50,000');
    expect(await page.getByRole('radio', { name: 'Editor' }).isChecked()).toBe(true);
  });

  scenario('leads to the first wrong field, and says there what is wrong', async () => {
    const { page } = ada;
    await field(page, 'Session length').fill('5');
    await field(page, 'Statement timeout').fill('an hour');
    await page.getByRole('button', { name: 'Claim and open' }).click();
    await until('the focus on the session length', async () => (await inFocus(page)) === 'input: Session length');
    expect(await described(page)).toContain('At least 15 minutes.');
    await page.getByText('Type a whole number.').waitFor();
    expect(await violations(page)).toEqual([]);
    await field(page, 'Session length').fill('240');
    await field(page, 'Statement timeout').fill('600');
  });

  scenario('claims with what was chosen', async () => {
    await signIn(ben.page, product.keysOf('Ben'));
    await ben.page.getByRole('heading', { name: 'Claim this instance' }).waitFor();
    await claim(ada.page, 'Kontor');
    expect((await settingsNow()).settings).toMatchObject({
      name: 'Kontor',
      regions: ['eu-central-1', 'us-east-1'],
      sessionMinutes: 240,
      defaultRole: 'editor',
      limits: { rows: 50_000, seconds: 600 },
    });
  });

  scenario('tells somebody who was slower that it is claimed, and leads on', async () => {
    const { page } = ben;
    await page.getByRole('button', { name: 'Claim and open' }).click();
    await page.getByRole('alert').getByText('Somebody has claimed this instance already.').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Kontor' }).waitFor();
    // Who was here before the claim signs in again.
    await page.getByLabel('Access key ID').waitFor();
  });

  scenario('offers no page of administrators to others, and says why where they come by its URL', async () => {
    const { page } = ben;
    await signIn(page, product.keysOf('Ben'));
    await workbench(page);
    await page.getByRole('button', { name: /session and help$/ }).click();
    await page.getByRole('menuitem', { name: 'My history' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Settings' }).count()).toBe(0);
    for (const [path, title] of [
      ['/settings', 'Settings'],
      ['/access', 'Rules'],
    ] as const) {
      await page.goto(`${product.url}${path}`);
      await page.getByText(`${title} is for the role Administrator.`).waitFor();
      await page.getByText('Yours is Editor.').waitFor();
    }
    expect(ben.faults()).toEqual([]);
  });

  scenario('keeps changed settings while one is elsewhere, and says that they are not saved', async () => {
    const { page } = ada;
    await goTo(page, 'Settings');
    expect(await page.title()).toBe('Settings · Kontor · Lodge');
    await field(page, 'Name').fill('Kontor Nord');
    await page.getByRole('button', { name: '90 days' }).click();
    await page.getByText('Not saved: Name, Records are kept for.').waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Rules' }).click();
    await page.getByRole('heading', { name: 'Rules', level: 2 }).waitFor();
    await page.goBack();
    await page.getByText('Not saved: Name, Records are kept for.').waitFor();
    await page.reload();
    await page.getByText('Not saved: Name, Records are kept for.').waitFor();
  });

  scenario('says what is wrong with a field once it is left, and sends nothing', async () => {
    const { page } = ada;
    await field(page, 'Statement timeout').fill('841');
    await field(page, 'Scripts at once').focus();
    await page.getByText('At most 840 seconds.').waitFor();
    await save(page);
    await until('the focus on the timeout', async () => (await inFocus(page)) === 'input: Statement timeout');
    await page.getByRole('button', { name: '5 min', exact: true }).click();
    expect((await settingsNow()).revision).toBe(1);
  });

  scenario('saves, says so, and shows the new name at once', async () => {
    const { page } = ada;
    await save(page);
    await page.getByText('Saved. It counts from the next request on.').waitFor();
    await page.getByRole('heading', { name: 'Kontor Nord', level: 1 }).waitFor();
    expect(await page.title()).toBe('Settings · Kontor Nord · Lodge');
    expect(await settingsNow()).toMatchObject({
      revision: 2,
      settings: { name: 'Kontor Nord', limits: { seconds: 300, rows: 50_000 }, audit: { days: 90 } },
    });
  });

  scenario('shows what was deployed, and what only the deployment changes', async () => {
    const { page } = ada;
    const networks = await seen(page.getByRole('region', { name: 'Networks' }));
    expect(networks).toMatch(/private[\s\S]*vpc-0lodgedemo0private[\s\S]*cdk\.json/);
    const account = await seen(page.getByRole('region', { name: 'Account' }));
    expect(account).toMatch(/111122223333[\s\S]*npm run instance -- release/);
  });

  scenario('writes the policy for users of what is chosen, to copy and to download', async () => {
    const { page } = ada;
    const policy = page.getByRole('region', { name: 'Policy for users' });
    await policy.getByRole('button', { name: 'None' }).click();
    await policy.getByLabel('Aurora DSQL').check();
    await policy.getByLabel('Log in by secrets').uncheck();
    await policy.getByLabel('Read results of automations').uncheck();
    await policy.getByLabel('Be recognized by rules').uncheck();
    await policy.getByRole('button', { name: 'Copy' }).click();
    const regions = ['eu-central-1', 'us-east-1'];
    const clusters = regions.map((region) => `arn:aws:dsql:${region}:111122223333:cluster/*`);
    expect(JSON.parse(await clipboard(page)).Statement).toEqual([
      {
        Sid: 'Find',
        Effect: 'Allow',
        Action: ['dsql:GetCluster', 'dsql:ListClusters'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': regions } },
      },
      { Sid: 'LogInDsqlDbConnect', Effect: 'Allow', Action: 'dsql:DbConnect', Resource: clusters },
      { Sid: 'LogInDsqlDbConnectAdmin', Effect: 'Allow', Action: 'dsql:DbConnectAdmin', Resource: clusters },
    ]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      policy.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('lodge-users.json');
    await policy.getByText(/of the 6,144 characters/).waitFor();
    // Another page, and loading anew, lose no choice.
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Rules' }).click();
    await page.getByRole('heading', { name: 'Rules', level: 2 }).waitFor();
    await page.goBack();
    await policy.waitFor();
    await page.reload();
    expect(await policy.getByLabel('Aurora DSQL').isChecked()).toBe(true);
    expect(await policy.getByLabel('Log in by secrets').isChecked()).toBe(false);
    expect(await policy.getByRole('checkbox', { checked: true }).count()).toBe(1);
  });

  scenario('shows both sides where two administrators have changed the same, and overwrites neither', async () => {
    const { users } = await ask<{ users: User[] }>(ada.page, 'POST', '/api/users', { text: 'ben' });
    await ask(ada.page, 'PATCH', '/api/users', {
      id: users[0]?.id,
      change: { kind: 'role', role: 'administrator' },
    });
    await ada.page.reload();
    await field(ada.page, 'Name').fill('Of Ada');
    await field(ada.page, 'Scripts at once').fill('4');

    await ben.page.goto(`${product.url}/settings`);
    await field(ben.page, 'Name').fill('Of Ben');
    await field(ben.page, 'Session length').fill('30');
    await save(ben.page);
    await ben.page.getByText('Saved. It counts').waitFor();

    const { page } = ada;
    await save(page);
    const news = page.getByRole('region', { name: 'Somebody else has saved changes meanwhile' });
    await news.getByText('Session length was 240 minutes and is now 30 minutes.').waitFor();
    await until('the focus on what is new', async () => /Somebody else/.test((await inFocus(page)) ?? ''));
    await until('the new in sight', () => isInSight(news.getByRole('heading')));
    expect(await seen(news.getByRole('group', { name: 'Name: both of you have changed it' }))).toMatch(
      /Keep mine\s+Of Ada\s+Take theirs\s+Of Ben/,
    );
    // The whole page, with what stands on it at most.
    expect(await violations(page)).toEqual([]);
    await save(page);
    expect((await settingsNow()).settings.name).toBe('Of Ben');
    await news.getByRole('radio', { name: 'Take theirs' }).check();
    expect(await field(page, 'Name').inputValue()).toBe('Of Ben');
    await save(page);
    await page.getByText('Saved. It counts').waitFor();
    expect((await settingsNow()).settings).toMatchObject({
      name: 'Of Ben',
      sessionMinutes: 30,
      limits: { statements: 4 },
    });
    expect(await news.count()).toBe(0);
  });

  scenario('adds rules, which are moved and tried with the keyboard', async () => {
    const { page } = ada;
    await goTo(page, 'Rules');
    await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
    await until('the focus in the new rule', async () => (await inFocus(page)) === 'select: Looks at');
    await field(page, 'Pattern').fill('*');
    await page.getByRole('button', { name: 'Close rule 1' }).press('Enter');
    await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
    await field(page, 'Pattern').fill('DataEngineer');
    await field(page, 'Begins as').selectOption('reader');
    await page.getByRole('button', { name: 'Close rule 2' }).press('Enter');

    const arn = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_DataEngineer_0123456789abcdef/dana@example.com';
    await field(page, 'ARN').fill(arn);
    await page.getByText('Editor, by rule 1: Role name is *').waitFor();
    await page.getByRole('button', { name: 'Move rule 2 up' }).press('Enter');
    await page.getByText('Rule moved to place 1 of 2.').waitFor();
    await until('the focus with the rule', async () => (await inFocus(page)) === 'button: Move rule 1 down');
    await page.getByText('Reader, by rule 1: Role name is DataEngineer').waitFor();
    await field(page, 'ARN').fill('arn:aws:iam::111122223333:user/data/maria');
    await page.getByText('Editor, the default role: no rule matches.').waitFor();
  });

  scenario('counts which of the listed resources a narrowing means, and names them', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Add a narrowing' }).click();
    await save(page);
    await until('the focus on what is missing', async () => (await inFocus(page)) === 'select: Service');
    expect(await described(page)).toContain('Say which resources: fill in at least one of these.');
    await page.getByLabel('ARN', { exact: true }).last().fill('*:db:ledger');
    const narrowing = page.getByRole('listitem').filter({ hasText: 'for readers:' });
    await narrowing.getByText(/^1 of \d+ listed$/).click();
    expect(await seen(narrowing.getByRole('list').getByText('ledger'))).toBe('ledger');
    expect(await violations(page)).toEqual([]);
    await save(page);
    await page.getByText('Saved. It counts').waitFor();
    expect(await accessNow()).toMatchObject({
      rules: [
        { when: { kind: 'role', pattern: 'DataEngineer' }, role: 'reader' },
        { when: { kind: 'role', pattern: '*' }, role: 'editor' },
      ],
      narrowings: [{ role: 'reader', where: { arn: '*:db:ledger' }, effect: 'hidden' }],
    });
  });

  scenario('the rules show at each stop of the keyboard where one is', async () => {
    const { all, unseen } = await tabStops(ada.page);
    expect(unseen).toEqual([]);
    for (const stop of [/Edit rule 1/, /Move rule 1 down/, /Remove narrowing 1/, /Add a narrowing/, /ARN/])
      expect(all).toContainEqual(expect.stringMatching(stop));
  });

  scenario('reads as well with a hundred rules: they are folded, and filtered', async () => {
    const { page } = ada;
    const { rules, narrowings, revision } = await accessNow();
    const many = Array.from({ length: 98 }, (_, at) => ({
      when: { kind: 'role' as const, pattern: `Unit${at}-*` },
      role: 'reader' as const,
    }));
    await ask(page, 'PUT', '/api/access', { rules: [...rules, ...many], narrowings, revision });
    await page.reload();
    await page.getByRole('button', { name: 'Show all 100 rules' }).waitFor();
    expect(await page.getByRole('button', { name: /^Edit rule/ }).count()).toBe(15);
    await field(page, 'Filter the rules').fill('unit97');
    expect(await page.getByRole('button', { name: /^Edit rule/ }).count()).toBe(1);
    await page.getByText('1 of 100 shown').waitFor();
    await field(page, 'Filter the rules').fill('');
    await page.getByRole('button', { name: 'Show all 100 rules' }).click();
    expect(await page.getByRole('button', { name: /^Edit rule/ }).count()).toBe(100);
    expect(await page.getByRole('button', { name: 'Add a rule' }).isDisabled()).toBe(true);
  });

  scenario('lets somebody in whom a rule names, with the role that it says', async () => {
    const { page } = ben;
    await page.goto(product.url);
    await signOut(page);
    await signIn(page, product.keysOf('Dana'));
    await workbench(page);
    expect(await seen(page.getByRole('contentinfo'))).toMatch(/dana@example\.com\s+Reader/);
    expect(await page.getByRole('treeitem').filter({ hasText: 'ledger' }).count()).toBe(0);
  });
});

/** Asks the API as the page does. */
const ask = <T>(page: Page, method: string, path: string, body?: object): Promise<T> =>
  page.evaluate(
    async ({ method, path, body }) => {
      const headers = { 'x-lodge-request': '1', ...(body && { 'content-type': 'application/json' }) };
      const answer = await fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    { method, path, body },
  ) as Promise<T>;

const isInSight = (place: Locator): Promise<boolean> =>
  place.evaluate((element) => {
    const { x, y } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(x + 4, y + 4));
  });

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** What a screen reader says after the name of what is in focus. */
const described = (page: Page): Promise<string> =>
  page.evaluate(() =>
    (document.activeElement?.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' '),
  );
