/** What a person does at the screen, as steps that scenarios are made of. Each waits until the screen shows its end. */
import type { Locator, Page } from 'playwright-core';

/** What a person reads there, as it is laid out on the screen. */
// biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not read, and cells stand apart
export const seen = (place: Locator): Promise<string> => place.innerText();

/** Puts a block on the clipboard and pastes it into the first field, as a person does. */
export async function pasteKeys(page: Page, block: string): Promise<void> {
  await page.evaluate((text) => navigator.clipboard.writeText(text), block);
  await page.getByLabel('Access key ID').focus();
  await page.keyboard.press('ControlOrMeta+V');
}

/** Signs in on the sign-in page; what comes next is the caller's to expect. */
export async function signIn(page: Page, block: string): Promise<void> {
  await pasteKeys(page, block);
  await page.getByRole('button', { name: /^Sign in/ }).click();
}

/** Two of the regions in which the local account has something. */
const REGIONS = ['eu-central-1', 'us-east-1'];

/** Finishes the claim with some of the account's regions. */
export async function claim(page: Page, name: string, wanted: readonly string[] = REGIONS): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  const regions = page.getByRole('group', { name: 'Regions' });
  const chosen = regions.getByRole('checkbox', { checked: true });
  while ((await chosen.count()) > 0) await chosen.first().uncheck();
  for (const region of wanted) await regions.getByRole('checkbox', { name: region }).check();
  await page.getByRole('button', { name: 'Claim and open' }).click();
  await workbench(page);
}

/** Signs out from the menu of the user; waits for the sign-in page. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /session and help$/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Access key ID').waitFor();
}

/** Waits for the workbench, and until every region has answered. */
export async function workbench(page: Page): Promise<void> {
  await page.getByRole('tree', { name: 'Resources and objects' }).waitFor();
  await page.getByText(/^\d+ resources? found$/).waitFor();
}

/** A row of the tree, by the beginning of what it says. */
export const treeRow = (page: Page, name: string): Locator =>
  page.getByRole('treeitem').filter({ has: page.getByText(name, { exact: true }) });

/** Opens the connect dialog of a resource and logs in as a user with IAM: no password is asked for. */
export async function connectByIam(page: Page, resource: string, user: string): Promise<void> {
  await treeRow(page, resource).dblclick();
  const dialog = page.getByRole('dialog', { name: `Connect to ${resource}` });
  await dialog.getByLabel('User').fill(user);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Opens a schema of the one open connection: a group, a resource and the connection stand above it. */
export async function openSchema(page: Page, name: string): Promise<void> {
  const schema = page
    .locator('[role="treeitem"][aria-level="4"]')
    .filter({ has: page.getByText(name, { exact: true }) });
  await schema.click();
  await page.keyboard.press('ArrowRight');
}
