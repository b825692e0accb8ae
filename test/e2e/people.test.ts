import type { Locator, Page } from 'playwright-core';
import type { AuditEntry } from '#contract/audit.ts';
import type { KnownUser, SessionView } from '#contract/people.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { type Direct, openDirectly } from './database.ts';
import { inFocus, tabStops, tabTo } from './focus.ts';
import { type InstanceItems, openInstanceItems } from './instance-items.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { cell, editor, ended, run, start } from './query-steps.ts';
import { claim, connectByIam, pasteKeys, seen, signIn, signOut, workbench } from './steps.ts';
import { until } from './until.ts';

describeWith('chromium', 'people and what they do', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let ada: Visit;
  let ben: Visit;
  let items: InstanceItems;
  let database: Direct;
  const scenario = journey(() => ada);

  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder }));
    items = stack.use(await openInstanceItems(product, folder));
    database = stack.use(await openDirectly(folder));
    ada = stack.use(await visit(product.url));
    ben = stack.use(await visit(product.url));
    await signIn(ada.page, product.keysOf('Ada'));
    await claim(ada.page, 'Kontor');
    await signIn(ben.page, product.keysOf('Ben'));
    await workbench(ben.page);
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  const open = async (page: Page, path: string) => {
    await page.goto(`${product.url}${path}`);
    await page.getByRole('grid').waitFor();
  };
  const table = (page: Page) => page.getByRole('grid');
  const row = (page: Page, text: string | RegExp) => table(page).getByRole('row').filter({ hasText: text });
  const role = (page: Page, name: string): Locator => table(page).getByLabel(`Role of ${name}`, { exact: true });
  const status = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text }).first().waitFor();
  const choose = async (page: Page, name: string, action: string) => {
    await table(page)
      .getByRole('button', { name: `Actions for ${name}`, exact: true })
      .click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  const confirm = (page: Page, title: string | RegExp, action: string) =>
    page.getByRole('dialog', { name: title }).getByRole('button', { name: action, exact: true }).click();

  scenario('administrators see who has signed in, from where, and which of them they are', async () => {
    const { page } = ada;
    await open(page, '/users');
    await status(page, /^2 users, and no more\.$/);
    expect(await page.title()).toBe('Users · Kontor · Lodge');
    expect(await seen(row(page, 'user/ada'))).toMatch(/^ada\s+you\s/);
    expect(await seen(row(page, 'user/ben'))).toMatch(/ben\s+arn:aws:iam::111122223333:\s*user\/ben\s+IAM user/);
    expect(await role(page, 'ben').inputValue()).toBe('reader');
    await row(page, 'user/ben').click();
    const details = page.getByRole('complementary', { name: 'ben' });
    expect(await seen(details)).toMatch(/First seen\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\), just now/);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  scenario('are told what giving up their own role means, and cannot where they are the last', async () => {
    const { page } = ada;
    await role(page, 'ada').selectOption('reader');
    const question = page.getByRole('dialog', { name: 'Make yourself a reader?' });
    expect(await seen(question)).toContain('Only another administrator can give them back.');
    expect(await violations(page)).toEqual([]);
    await confirm(page, 'Make yourself a reader?', 'Make reader');
    expect(await seen(row(page, 'user/ada').getByRole('alert'))).toContain('This is the last administrator.');
    expect(await role(page, 'ada').inputValue()).toBe('administrator');
    expect(await violations(page)).toEqual([]);
    await row(page, 'user/ada').getByRole('button', { name: 'Dismiss' }).click();
  });

  scenario('change a role where it stands, and take it back', async () => {
    const { page } = ada;
    await role(page, 'ben').selectOption('editor');
    const said = page.getByRole('region', { name: 'Notifications' });
    await said.getByText('ben is an editor now.').waitFor();
    expect((await whoIs(ben.page)).role).toBe('editor');
    await said.getByRole('button', { name: 'Undo' }).click();
    await until('the role taken back', async () => (await role(page, 'ben').inputValue()) === 'reader');
    expect((await whoIs(ben.page)).role).toBe('reader');
  });

  scenario('what a role may counts at once in the other’s window, in which nothing else is loaded', async () => {
    await ben.page.goto(`${product.url}/audit`);
    await ben.page.getByText('Audit is for the role Administrator.').waitFor();
    const { page } = ada;
    await choose(page, 'ben', 'Make administrator');
    await confirm(page, 'Make ben an administrator?', 'Make administrator');
    await until('the new role', async () => (await role(page, 'ben').inputValue()) === 'administrator');
    await open(ben.page, '/users');
    await status(ben.page, /^2 users, and no more\.$/);
    await role(page, 'ben').selectOption('reader');
    await confirm(page, 'Make ben a reader?', 'Make reader');
    await until('the old role', async () => (await role(page, 'ben').inputValue()) === 'reader');
    await ben.page.getByLabel('Search').fill('anybody');
    await ben.page.getByText('Users is for the role Administrator.').waitFor();
    await ben.page.getByText('Yours is Reader.').waitFor();
    expect(ben.faults()).toEqual([]);
  });

  scenario('end all sessions of a user, whose window asks for the keys again', async () => {
    await open(ben.page, '/history');
    await choose(ada.page, 'ben', 'End all sessions…');
    await confirm(ada.page, 'End all sessions of ben?', 'End all sessions');
    await ada.page.getByText('All sessions of ben have ended.').waitFor();
    await ben.page.getByLabel('Search').fill('anything');
    const keys = ben.page.getByRole('dialog', { name: 'Your session has ended' });
    await keys.waitFor();
    await pasteKeys(ben.page, product.keysOf('Ben'));
    await keys.getByRole('button', { name: 'Sign in' }).click();
    await keys.waitFor({ state: 'hidden' });
    await status(ben.page, /No statements/);
  });

  scenario('block a user, who comes in again only once that is taken back', async () => {
    await choose(ada.page, 'ben', 'Block…');
    await confirm(ada.page, 'Block ben?', 'Block');
    await row(ada.page, 'user/ben').getByText('blocked').waitFor();
    await ben.page.getByLabel('Search').fill('something else');
    await ben.page.getByRole('alert').filter({ hasText: 'An administrator has blocked this user.' }).waitFor();
    await signOut(ben.page);
    await signIn(ben.page, product.keysOf('Ben'));
    await ben.page.getByRole('alert').filter({ hasText: 'An administrator has blocked this user.' }).waitFor();
    await choose(ada.page, 'ben', 'Unblock');
    await ada.page.getByText('ben may sign in again.').waitFor();
    await signIn(ben.page, product.keysOf('Ben'));
    // Who signs in comes to the page that the address names.
    await ben.page.getByRole('grid', { name: 'My statements' }).waitFor();
    expect(ben.faults()).toEqual([]);
  });

  scenario('find what was done in the record: a refused sign-in, a role, a statement that was cancelled', async () => {
    const { page } = ada;
    await signOut(ben.page);
    await signIn(ben.page, product.keysOf('Erin'));
    await ben.page.getByRole('alert').waitFor();
    await signIn(ben.page, product.keysOf('Ben'));
    await ben.page.getByRole('grid', { name: 'My statements' }).waitFor();
    await page.goto(product.url);
    await workbench(page);
    await connectByIam(page, 'shop', 'app_iam');
    await run(page, "select 'kept' as fine");
    await start(page, 'select pg_sleep(600)');
    await until('it runs in the database', async () => (await database.running('pg_sleep(600)')) === 1);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await ended(page, 'cancelled');

    await open(page, '/audit');
    await status(page, /entries, and no more\.$/);
    expect(await seen(row(page, 'pg_sleep'))).toMatch(/ada[\s\S]*pg_sleep\(600\)[\s\S]*shop › shop[\s\S]*Cancelled/);
    expect(await row(page, 'Sign-in').filter({ hasText: 'Refused' }).count()).toBeGreaterThan(0);
    expect(await row(page, /reader → editor/).count()).toBeGreaterThan(0);
    await row(page, "'kept'").click();
    const details = page.getByRole('complementary', { name: 'Statement' });
    expect(await seen(details)).toMatch(/Outcome\s+Succeeded[\s\S]*Rows\s+1\s[\s\S]*Database user\s+app_iam/);
    expect(await violations(page)).toEqual([]);
  });

  scenario('send a search to a colleague, whose page asks for the same', async () => {
    const { page } = ada;
    await page.getByRole('complementary').getByRole('button', { name: 'Only this resource' }).click();
    await page.getByLabel('Kind').selectOption('statement');
    await page.getByLabel('Outcome').selectOption('cancelled');
    await until('one entry', async () => (await row(page, 'ada').count()) === 1);
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    expect([link.pathname, link.search]).toEqual(['/audit', '']);
    await page.goto('about:blank');
    await page.goto(link.href);
    await status(page, /^1 entry, and no more\.$/);
    expect(await page.getByLabel('Outcome').inputValue()).toBe('cancelled');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await status(page, /entries, and no more\.$/);
    expect(new URL(page.url()).hash).toBe('');
  });

  scenario('look for one user by a part of the name', async () => {
    const { page } = ada;
    await page.getByRole('combobox', { name: 'User' }).click();
    await page.keyboard.insertText('be');
    await page.getByRole('option', { name: /^ben/ }).waitFor();
    await page.keyboard.press('Enter');
    await until('entries of ben alone', async () => {
      const all = await table(page).getByRole('row').count();
      return all > 1 && (await row(page, 'ben').count()) === all - 1;
    });
    await page.getByRole('button', { name: 'User: any' }).click();
  });

  scenario('everybody has their own history, from which Enter opens a statement where it ran', async () => {
    const { page } = ada;
    await page.goto(product.url);
    await workbench(page);
    await page.keyboard.press('Alt+H');
    await status(page, /^2 statements, and no more\.$/);
    await page.getByLabel('Search').fill('KEPT');
    await status(page, /^1 statement, and no more\.$/);
    expect(await violations(page)).toEqual([]);
    await tabTo(page, /^grid: My statements/);
    await page.keyboard.press('Enter');
    await until('the text in a tab', async () => (await seen(editor(page))) === "select 'kept' as fine");
    expect(await page.locator('[data-tab-panel]:visible section[aria-label="Results"]').count()).toBe(0);
    await page.keyboard.press('ControlOrMeta+Enter');
    await ended(page, 'done');
    expect(await seen(cell(page, 1, 1))).toBe('kept');
  });

  scenario('or asks to connect there, where no connection is', async () => {
    const { page } = ada;
    await page.evaluate(() => localStorage.clear());
    await page.evaluate(() => {
      // What is saved when the page goes would bring the connection back.
      Storage.prototype.setItem = () => undefined;
    });
    await page.goto(`${product.url}/history`);
    await row(page, 'pg_sleep').dblclick();
    await page.getByText('It ran on shop › shop: the first run connects there.').waitFor();
    await workbench(page);
    await editor(page).focus();
    await page.keyboard.press('ControlOrMeta+Enter');
    const dialog = page.getByRole('dialog', { name: 'Connect to shop' });
    await until('the database filled in', async () => (await dialog.getByLabel('Database').inputValue()) === 'shop');
    await page.keyboard.press('Escape');
  });

  scenario('the record is taken along as a file, all that fits, and read back', async () => {
    const { page } = ada;
    await open(page, '/audit#kind=statement');
    await status(page, /entries, and no more\.$/);
    const [, found] =
      /^([\d,]+) entries/.exec(await seen(page.getByRole('status').filter({ hasText: 'entries' }).first())) ?? [];
    await saveInsidePage(page);
    await page.getByRole('button', { name: 'Export…' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('radio', { name: 'JSON Lines' }).check();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await status(page, new RegExp(`^Done: ${found} entries`));
    const file = await savedFile(page);
    expect(file.name).toMatch(/^lodge-audit-\d{4}-\d\d-\d\d\.jsonl$/);
    const entries = file.text
      .trim()
      .split('\n')
      .map((line): AuditEntry => JSON.parse(line));
    expect(String(entries.length)).toBe(found);
    expect(entries.map(({ statement }) => statement)).toContain('select pg_sleep(600)');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await row(page, 'Export of the record').first().waitFor();
  });

  scenario('an export that is cancelled leaves no file', async () => {
    const { page } = ada;
    await page.route('**/api/audit', () => undefined);
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel the export' }).click();
    await status(page, /^Cancelled\. Nothing was kept of the file\.$/);
    await page.unroute('**/api/audit');
    await page.keyboard.press('Escape');
  });

  scenario('a failure in the middle of the record is said, and can be tried again', async () => {
    const { page } = ada;
    await page.route('**/api/audit', (route) =>
      route.fulfill({ status: 429, json: { code: 'THROTTLED', message: 'AWS asks to slow down.', requestId: 'r-1' } }),
    );
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('alert').filter({ hasText: 'AWS asks to slow down.' }).waitFor();
    await page.unroute('**/api/audit');
    await page.getByRole('button', { name: 'Try again' }).click();
    await status(page, /entries, and no more\.$/);
  });

  scenario('each page can be walked with the keyboard, and shows where one is', async () => {
    const { page } = ada;
    for (const [path, stops] of [
      ['/users', [/Search/, /^grid: Users/]],
      ['/audit', [/Text/, /When/, /Kind/, /Outcome/, /User/, /Resource/, /Export/, /Copy link/, /^grid: Record/]],
      ['/history', [/Search/, /Resource/, /^grid: My statements/]],
    ] as const) {
      await open(page, path);
      await status(page, /and no more\.$/);
      const { all, unseen } = await tabStops(page);
      expect(unseen).toEqual([]);
      for (const stop of stops) expect(all).toContainEqual(expect.stringMatching(stop));
    }
    await open(page, '/users');
    await status(page, /and no more\.$/);
    await tabTo(page, /^grid: Users/);
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'Actions for ben' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await until('an action in focus', async () => /^menuitem: Make/.test((await inFocus(page)) ?? ''));
    await page.keyboard.press('Escape');
    await until('the table in focus', async () => /^grid: Users/.test((await inFocus(page)) ?? ''));
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'ben' }).waitFor();
    await tabTo(page, /End all sessions/);
    await page.keyboard.press('Escape');
    await until('the table again', async () => /^grid: Users/.test((await inFocus(page)) ?? ''));
  });

  scenario(
    'ten thousand are read as one scrolls, to the last',
    async () => {
      const { page } = ada;
      await items.users(manyUsers());
      await items.entries(manyEntries(await whoIs(page)));
      for (const [path, last, all] of [
        ['/users', 'zz-user-01499', /^1,502 users, and no more\.$/],
        ['/audit', 'old_00000', /^10,\d{3} entries, and no more\.$/],
        ['/history', 'select 0 as long_ago', /^5,00\d statements, and no more\.$/],
      ] as const) {
        await page.goto('about:blank');
        await open(page, path);
        await status(page, /There are more below\./);
        await table(page).focus();
        await scrollToEnd(page);
        await status(page, all);
        await page.keyboard.press('End');
        await row(page, last).waitFor();
        // So many stand in the page as fit on the screen, and a few more.
        expect(await table(page).getByRole('row').count()).toBeLessThan(80);
      }
      expect(await violations(page)).toEqual([]);
    },
    240_000,
  );

  scenario('a narrow window has them all, in two lines a row', async () => {
    const { page } = ada;
    await page.setViewportSize({ width: 420, height: 800 });
    for (const path of ['/users', '/audit', '/history']) {
      await open(page, path);
      await status(page, /There are more below\./);
      const sideways = await page.evaluate(
        () => document.querySelector('main')?.scrollWidth === document.querySelector('main')?.clientWidth,
      );
      expect([path, sideways]).toEqual([path, true]);
    }
    expect(await violations(page)).toEqual([]);
  });

  scenario('readers are told by the URL that these pages are not theirs, and have their own history', async () => {
    const { page } = ben;
    for (const [path, title] of [
      ['/users', 'Users'],
      ['/audit', 'Audit'],
    ] as const) {
      await page.goto(`${product.url}${path}`);
      await page.getByText(`${title} is for the role Administrator.`).waitFor();
    }
    await open(page, '/history');
    await page.getByText('You have run nothing yet.').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(ben.faults()).toEqual([]);
  });
});

/** Goes to the end as often as there is more below it. */
async function scrollToEnd(page: Page): Promise<void> {
  const said = () => seen(page.getByRole('main').getByRole('status').last());
  for (let before = await said(); !before.endsWith('no more.'); before = await said()) {
    await page.keyboard.press('End');
    await until('more rows', async () => (await said()) !== before);
  }
}

const whoIs = (page: Page): Promise<SessionView> =>
  page.evaluate(async () => (await fetch('/api/session', { headers: { 'x-lodge-request': '1' } })).json());

/** The picker of files is the system's own: a file inside the page stands for the one that a person would choose. */
const saveInsidePage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
      const folder = await navigator.storage.getDirectory();
      return folder.getFileHandle(suggestedName, { create: true });
    };
    Object.assign(window, { showSaveFilePicker });
  });

const savedFile = (page: Page): Promise<{ name: string; text: string }> =>
  page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    for await (const handle of folder.values())
      if (handle instanceof FileSystemFileHandle)
        return { name: handle.name, text: await (await handle.getFile()).text() };
    throw new Error('Nothing was saved.');
  });

const digits = (number: number): string => String(number).padStart(5, '0');

const manyUsers = (): KnownUser[] =>
  Array.from({ length: 1_500 }, (_, number) => ({
    id: `aws:111122223333:AIDAMANY${digits(number)}`,
    arn: `arn:aws:iam::111122223333:user/zz-user-${digits(number)}`,
    name: `zz-user-${digits(number)}`,
    kind: 'user',
    role: 'reader',
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    lastSeenAt: '2026-01-01T00:00:00.000Z',
    lastAddress: '203.0.113.7',
  }));

/** Five thousand connections and five thousand statements, a minute apart, the oldest first: all before the test began. */
const manyEntries = ({ user }: SessionView): AuditEntry[] =>
  Array.from({ length: 10_000 }, (_, number) => {
    const at = new Date(Date.now() - (10_001 - number) * 60_000).toISOString();
    const what = number % 2 === 0 ? connectionOf(number / 2) : statementOf((number - 1) / 2);
    return {
      id: `${at}#${digits(number).padStart(16, '0')}`,
      at,
      requestId: `many-${number}`,
      user,
      address: '203.0.113.7',
      ...what,
    };
  });

const RESOURCE = { id: 'arn:aws:rds:eu-central-1:111122223333:db:shop', engine: 'postgres', region: 'eu-central-1' };
const connectionOf = (number: number) =>
  ({
    kind: 'connection',
    outcome: 'succeeded',
    resource: RESOURCE,
    database: 'shop',
    databaseUser: `old_${digits(number)}`,
  }) as const;
const statementOf = (number: number) =>
  ({
    kind: 'statement',
    outcome: 'succeeded',
    resource: RESOURCE,
    database: 'shop',
    statement: `select ${number} as long_ago`,
    rows: 1,
    elapsedMs: 3,
  }) as const;
