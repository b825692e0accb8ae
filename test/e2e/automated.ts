/** Scripts and automations of the shop, made as another window makes them. */
import type { Page } from 'playwright-core';
import type { Automation } from '#contract/automations.ts';
import type { Script } from '#contract/scripts.ts';
import type { SettingsView } from '#contract/settings.ts';
import { callFrom } from './api.ts';

export const ROLE = 'arn:aws:iam::111122223333:role/lodge-nightly';
const SHOP = 'arn:aws:rds:eu-central-1:111122223333:db:shop';

/** Lets automations use the role of the local account. */
export async function allowRole(page: Page): Promise<void> {
  const { settings, revision } = await callFrom<SettingsView>(page, 'GET', '/api/settings');
  const automation = { ...settings.automation, roles: [ROLE] };
  await callFrom(page, 'PUT', '/api/settings', { settings: { ...settings, automation }, revision });
}

export const saveScript = (page: Page, script: object, known?: Pick<Script, 'id' | 'revision'>): Promise<Script> =>
  callFrom(page, 'PUT', '/api/scripts', {
    ...(known && { known: { id: known.id, revision: known.revision } }),
    script: { engine: 'postgres', shared: true, ...script },
  });

/** An automation of a new script, by the login that the shop itself names. */
export async function automate(page: Page, name: string, text: string, more: object = {}): Promise<Automation> {
  const { id: scriptId, version } = await saveScript(page, { name, text });
  const plan = { scriptId, version, resourceId: SHOP, roleArn: ROLE };
  return callFrom(page, 'PUT', '/api/automations', { automation: { name, plan, ...more } });
}

/** Shows one of them, or what else stands in the fragment. */
export async function show(page: Page, fragment: string): Promise<void> {
  const url = new URL('/automations', page.url());
  await page.goto(`${url}${fragment}`);
  // The same page with another fragment is not loaded anew by the browser.
  await page.reload();
}
