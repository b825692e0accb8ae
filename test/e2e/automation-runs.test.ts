import type { Locator, Page } from 'playwright-core';
import type { Automation } from '#contract/automations.ts';
import type { Script } from '#contract/scripts.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { describeWith } from '../support/machine.ts';
import { callFrom } from './api.ts';
import { allowRole, automate, saveScript, show } from './automated.ts';
import { violations } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { type Direct, openDirectly } from './database.ts';
import { journey } from './journey.ts';
import { type Product, startProduct } from './product.ts';
import { claim, seen, signIn, workbench } from './steps.ts';
import { until } from './until.ts';

const ORDERS = 'select id, status from shop.orders where id <= 5 order by id';
const HOSTILE = `<img src=x onerror="window.ran='name'">`;

describeWith('chromium', 'automations that run, as those who look on meet them', () => {
  const stack = new AsyncDisposableStack();
  let product: Product;
  let ada: Visit;
  let finn: Visit;
  let database: Direct;
  let orders: Automation;
  const scenario = journey(() => ada);

  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder()).path;
    product = stack.use(await startProduct({ folder }));
    database = stack.use(await openDirectly(folder));
    ada = stack.use(await visit(product.url));
    await signIn(ada.page, product.keysOf('Ada'));
    await claim(ada.page, 'Kontor');
    await allowRole(ada.page);
    orders = await automate(ada.page, 'First orders', ORDERS);
    finn = stack.use(await visit(product.url));
    await signIn(finn.page, product.keysOf('Finn'));
    await workbench(finn.page);
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  const main = (page: Page): Locator => page.getByRole('main', { name: 'Automations' });
  const press = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true }).click();
  const runs = (page: Page): Locator => page.getByRole('grid', { name: 'Runs' });
  const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Run' });
  const run = (page: Page, { id }: Automation) => callFrom(page, 'POST', '/api/automations/run', { id });

  scenario('a run that takes long is stopped, and its statement is gone from the database', async () => {
    const { page } = ada;
    await show(page, `#one=${(await automate(page, 'Slow', "select pg_sleep(600), 'slow one'")).id}`);
    await press(page, 'Run now');
    await runs(page).getByText('Running').click();
    await until('its statement', async () => (await database.running('slow one')) === 1);
    await press(panel(page), 'Stop the run…');
    await press(page.getByRole('dialog', { name: /^Stop the run of/ }), 'Stop the run');
    await page.getByText('The run is being stopped.').waitFor();
    await runs(page).getByText('Stopped', { exact: true }).waitFor();
    await until('its end', async () => (await database.running('slow one')) === 0);
    expect(await seen(panel(page))).not.toContain('Stop the run…');
  });

  scenario('the list follows what runs, and nobody has to load it anew', async () => {
    const { page } = ada;
    const waits = await automate(page, 'Waits for a key', 'select pg_advisory_lock(41)');
    await database.rows('select pg_advisory_lock(41)');
    await show(page, '');
    const row = page.getByRole('row').filter({ hasText: 'Waits for a key' });
    await row.getByText('none yet').waitFor();
    await run(page, waits);
    await until('a run that has begun', async () => (await database.running('pg_advisory_lock(41)')) === 1);
    await page.reload();
    await row.getByText('Running').waitFor();
    await database.rows('select pg_advisory_unlock(41)');
    await row.getByText('Succeeded').waitFor();
  });

  scenario('a run that failed says its whole sentence, to be copied, and leads to the console', async () => {
    const { page } = ada;
    const fails = await automate(page, 'Divides', 'select 1 / (id - 3) from shop.orders order by id');
    await run(page, fails);
    await show(page, `#one=${fails.id}`);
    await runs(page).getByText('Failed').click();
    await panel(page).getByText('division by zero').waitFor();
    await press(panel(page), 'Copy the error');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('STATEMENT_FAILED: division by zero');
    const link = panel(page).getByRole('link', { name: /in the AWS console$/ });
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/.*console\.aws\.amazon\.com\/states\/home/);
    expect(await violations(page)).toEqual([]);
  });

  scenario('whoever may not read the object is told the action and the object, with the rest of the run', async () => {
    await run(ada.page, orders);
    const { page } = finn;
    await show(page, `#one=${orders.id}`);
    await until('its result', async () => {
      await page.reload();
      await runs(page).waitFor();
      return (await seen(main(page))).includes('Succeeded');
    });
    await runs(page).getByText('Succeeded').click();
    await press(panel(page), 'Show the first rows');
    const said = panel(page).getByRole('alert');
    await said.waitFor();
    expect(await seen(said)).toMatch(/s3:GetObject[\s\S]*arn:aws:s3:::lodge-results\/results\/.*\.csv/);
    expect(await violations(page)).toEqual([]);
  });

  scenario('a reader sees all of it, and no button that would be refused', async () => {
    const { page } = finn;
    const offered = async () => (await main(page).getByRole('button').allInnerTexts()).filter(Boolean);
    expect(await offered()).toEqual(['All automations', 'Show the first rows', 'Copy the policy statement']);
    await press(page, 'All automations');
    await page.getByRole('row').filter({ hasText: 'First orders' }).waitFor();
    expect(await offered()).not.toContain('New automation');
    await page.getByRole('button', { name: 'Actions for First orders' }).click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Runs and results']);
    await page.keyboard.press('Escape');
    await show(page, `#change=${orders.id}`);
    await page.getByText('Your role does not allow to automate.').waitFor();
    expect(await seen(main(page))).toContain('Administrators may, and editors where an administrator allows it.');
    expect(await violations(page)).toEqual([]);
    expect(finn.faults()).toEqual([]);
  });

  scenario('an editor may as soon as an administrator says so, with the roles that these allow', async () => {
    const { users } = await callFrom<{ users: { id: string; name: string }[] }>(ada.page, 'POST', '/api/users', {});
    const { id } = users.find(({ name }) => name === 'finn') ?? { id: '' };
    await callFrom(ada.page, 'PATCH', '/api/users', { id, change: { kind: 'role', role: 'editor' } });
    await show(finn.page, '#new');
    await finn.page.getByText('An administrator may let editors automate, under Settings.').waitFor();
    await ada.page.getByRole('link', { name: 'Settings' }).click();
    await ada.page.getByRole('group', { name: 'Who may automate' }).getByText('Editors').click();
    await press(ada.page, 'Save');
    await ada.page.getByText('Saved. It counts from the next request on.').waitFor();
    await finn.page.reload();
    await finn.page.getByRole('heading', { name: 'New automation' }).waitFor();
    await finn.page.getByLabel('Role', { exact: true }).fill('arn:aws:iam::111122223333:role/admin');
    await finn.page.getByText('The settings do not allow this role.').waitFor();
    expect(finn.faults()).toEqual([]);
  });

  scenario('of two who change the same, the second is told who and when, and loses nothing', async () => {
    const { page } = ada;
    await show(page, `#change=${orders.id}`);
    await show(finn.page, `#change=${orders.id}`);
    await page.getByLabel('Folder').fill('mine');
    await finn.page.getByLabel('Folder').fill('theirs');
    await finn.page.getByLabel('Rows at most').fill('3');
    await press(finn.page, 'Save');
    await finn.page.getByText('3 rows at most').waitFor();
    await press(page, 'Save');
    const news = page.getByRole('region', { name: /^finn has saved changes meanwhile/ });
    await news.waitFor();
    expect(await seen(news)).toMatch(/just now[\s\S]*Keep mine[\s\S]*mine[\s\S]*Take theirs[\s\S]*theirs/);
    expect(await violations(page)).toEqual([]);
    await news.getByText('Keep mine').click();
    await press(page, 'Save');
    await page.getByText('3 rows at most').waitFor();
    expect(await seen(main(page))).toMatch(/results\/mine\/[\s\S]*3 rows at most/);
  });

  scenario('a newer version of the script is told, and runs only once it is taken over', async () => {
    const { page } = ada;
    const script = await callFrom<Script>(page, 'POST', '/api/scripts/read', { id: orders.plan.scriptId });
    await saveScript(page, { name: 'First orders', text: `${ORDERS} desc` }, script);
    await show(page, `#one=${orders.id}`);
    await page.getByText('First orders, version 1 (version 2 exists)').waitFor();
    await press(page, 'Change…');
    await page.getByText('Version 2 exists.').waitFor();
    await press(page, 'Take it over');
    await page.getByText('Version 2 exists.').waitFor({ state: 'hidden' });
    await press(page, 'Save');
    await page.getByText('First orders, version 2', { exact: true }).waitFor();
  });

  scenario('what is paused is resumed, and may be run again', async () => {
    const { page } = ada;
    await press(page, 'Pause');
    await press(page, 'Resume');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    expect(await page.getByRole('button', { name: 'Run now' }).isEnabled()).toBe(true);
    expect(await page.getByRole('heading', { name: 'First orders', exact: true }).count()).toBe(1);
  });

  scenario('it runs each month, or once: a time that is over is refused', async () => {
    const { page } = ada;
    await press(page, 'Change…');
    await page.getByLabel('Runs on a schedule').check();
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await press(page, 'Every month');
    await page.getByText('On day 1 of each month at 03:00. The next times, in Europe/Berlin:').waitFor();
    const times = page.getByRole('list', { name: 'Next times' });
    const days = (await times.getByRole('listitem').allInnerTexts()).map((text) => text.slice(4, 20));
    expect(days).toHaveLength(5);
    for (const day of days) expect(day).toMatch(/^\d{4}-\d\d-01 03:00$/);
    await press(page, 'Once');
    await page.getByText(/^Once, on .* at 03:00\. It runs then, in Europe\/Berlin:$/).waitFor();
    await page.getByLabel('Day').fill('2020-02-29');
    await page.getByText('No such time is to come: it is over, or the clocks leap over it.').waitFor();
    await press(page, 'Save');
    await page.getByText('It names no time that is to come.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Day').fill('2099-02-28');
    await page.getByLabel('Time', { exact: true }).fill('04:30');
    await page.getByText('Sat 2099-02-28 04:30').waitFor();
    await press(page, 'Save');
    await page.getByText('Once, on 2099-02-28 at 04:30, Europe/Berlin').waitFor();
  });

  scenario(
    'names and errors that are written to run are text, in the list, the history and the questions',
    async () => {
      const { page } = ada;
      const made = await automate(
        page,
        HOSTILE,
        `select 1 as "${HOSTILE.replaceAll('"', '""')}", '${HOSTILE.replaceAll("'", "''")}' as said`,
      );
      await run(page, made);
      await show(page, '');
      await page.getByRole('row').filter({ hasText: HOSTILE }).first().click();
      await runs(page).getByText('Succeeded').click();
      await press(panel(page), 'Show the first rows');
      await panel(page).getByRole('table').waitFor();
      expect(await seen(panel(page).getByRole('table'))).toContain('<img src=x');
      await press(page, 'Delete…');
      await press(page.getByRole('dialog', { name: `Delete “${HOSTILE}”?` }), 'Delete the automation');
      await page.getByText('is deleted.').waitFor();
      const harm = await page.evaluate(() => [
        (window as { ran?: string }).ran,
        document.querySelectorAll('img[src="x"], [onerror]').length,
      ]);
      expect(harm).toEqual([undefined, 0]);
    },
  );
});
