/** What a browser fetches before somebody can sign in and work, and how a million rows scroll in it. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { BUILT, buildFrontend, isStale } from '../../bin/local/frontend.ts';
import { visit } from '../../test/e2e/browser.ts';
import { keyBlock } from '../../test/e2e/product.ts';
import { connectByIam, signIn, workbench } from '../../test/e2e/steps.ts';
import { chromiumPath } from '../../test/support/machine.ts';
import { type Figure, kilobytes, ms, seconds } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { median, ROUNDS } from '../rounds.ts';
import { type Scrolled, scrollThrough } from './scroll.ts';

const ROOT = join(import.meta.dirname, '../..');
const STATEMENT = 'select * from analytics.events';
const ROWS = 1_000_000;
const SIGN_IN_BYTES = 150 * 1_024;
const WORKBENCH_BYTES = 400 * 1_024;

export async function browser(ground: Ground): Promise<Figure[]> {
  if (!chromiumPath()) return [{ figure: 'first load and scrolling', measured: 'this machine has no Chromium' }];
  if (await isStale(ROOT)) await buildFrontend(ROOT);
  // The databases as the account lists them, behind its gateways.
  await using serving = await ground.serve('shop', { ...ground.account.environment, BENCH_PAGES: join(ROOT, BUILT) });
  await using opened = await visit(`http://localhost:${serving.port}`);
  const { page } = opened;
  await page.getByLabel('Access key ID').waitFor();
  await page.waitForLoadState('networkidle');
  const first = await fetched(page);
  const [ada] = ground.account.demoUsers;
  if (!ada) throw new Error('Nobody can sign in.');
  await signIn(page, keyBlock(ada));
  await workbench(page);
  await connectByIam(page, 'shop', 'app_iam');
  const elapsed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) elapsed.push(await readAll(page, round));
  await page.waitForLoadState('networkidle');
  const more = (await fetched(page)) - first;
  return [
    load('first load of the sign-in page, JS + CSS by brotli', first, SIGN_IN_BYTES),
    load('the workbench with a result, JS + CSS more', more, WORKBENCH_BYTES),
    { figure: 'a million rows in the browser, from Run to the last', measured: seconds(median(elapsed)) },
    ...(await scrolling(page)),
  ];
}

const load = (figure: string, bytes: number, target: number): Figure => ({
  figure,
  measured: kilobytes(bytes),
  target: `≤ ${kilobytes(target)}`,
  ok: bytes <= target,
});

/** What the page has fetched of scripts and styles so far, as it came over the wire, in bytes. */
const fetched = (page: Page): Promise<number> =>
  page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => /\.(js|css)$/.test(new URL(name).pathname))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  );

/** Runs the statement and waits for the last row; in ms. */
async function readAll(page: Page, round: number): Promise<number> {
  const editor = page.getByRole('textbox', { name: 'Statement' });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(`${STATEMENT} -- ${round}`);
  const begun = performance.now();
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator(`[role="grid"][aria-rowcount="${ROWS + 1}"]`).waitFor({ timeout: 120_000 });
  return performance.now() - begun;
}

async function scrolling(page: Page): Promise<Figure[]> {
  const ways = { 'a wheel, 120 px a frame': 120, 'from end to end in 5 s': undefined } as const;
  const figures: Figure[] = [];
  for (const [name, step] of Object.entries(ways)) {
    const rounds: Scrolled[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await scrollThrough(page, step));
    const frame = median(rounds.map(({ p95 }) => p95));
    const tasks = median(rounds.map(({ longTasks }) => longTasks));
    figures.push({
      figure: `scrolling a million rows, ${name}: p95 frame; long tasks`,
      measured: `${ms(frame)}; ${tasks} in ${rounds[0]?.frames} frames`,
    });
  }
  return figures;
}
