/** Writing, running and reading statements, as steps. What is meant is always the tab in front. */
import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

const panel = (page: Page): Locator => page.locator('[data-tab-panel]:visible');

export const editor = (page: Page): Locator => panel(page).getByRole('textbox', { name: 'Statement' });
export const results = (page: Page): Locator => panel(page).getByRole('region', { name: 'Results' });
export const resultTab = (page: Page, name: string | RegExp): Locator => results(page).getByRole('tab', { name });

/** Replaces the text of the tab. */
export async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
  // Typing offers names: the list must not take the keys that come next.
  await page.keyboard.press('Escape');
}

/** Runs the whole text; resolves once the new run shows its pane, whatever becomes of it. */
export async function start(page: Page, text: string): Promise<void> {
  await write(page, text);
  for (const old of await results(page).all()) await old.evaluate((pane) => pane.setAttribute('data-old', ''));
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await panel(page).locator('section[aria-label="Results"]:not([data-old])').waitFor();
}

type End = 'done' | 'failed' | 'cancelled' | 'cut';

/** A million rows take their time where other tests run beside this one. */
const RUN = { timeout: 120_000 };

/** Waits until the run in front has ended so. */
export const ended = (page: Page, end: End): Promise<void> => panel(page).locator(`[data-phase="${end}"]`).waitFor(RUN);

/** Runs the whole text and waits for its end. */
export async function run(page: Page, text: string, end: End = 'done'): Promise<void> {
  await start(page, text);
  await ended(page, end);
}

export const grid = (page: Page): Locator => results(page).getByRole('grid');

/** A cell that is on the screen, counted from 1. */
export const cell = (page: Page, row: number, column: number): Locator =>
  grid(page).locator(`[role="row"][aria-rowindex="${row + 1}"] [role="gridcell"][aria-colindex="${column + 1}"]`);

/** Waits until a person can see the middle of a cell: neither scrolled away, nor below something else. */
export const inSight = (page: Page, row: number, column: number): Promise<void> =>
  until(`row ${row} in sight`, () =>
    cell(page, row, column)
      .evaluate(
        (one) => {
          const { left, top, width, height } = one.getBoundingClientRect();
          return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        },
        undefined,
        { timeout: 1_000 },
      )
      .catch(() => false),
  );

/** Copies the selected cells with the keyboard and reads them from the clipboard, row by row. */
export async function copied(page: Page): Promise<string[][]> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.keyboard.press('ControlOrMeta+C');
  await results(page)
    .getByText(/^Copied [\d,]+ cells?\.$/)
    .waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return text.split('\n').map((line) => line.split('\t').map(unquoted));
}

/** What holds a quote is put between quotes, and its own are doubled, as spreadsheets do. */
const unquoted = (field: string): string => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
