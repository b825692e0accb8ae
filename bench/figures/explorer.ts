/**
 * What the list of a large account costs the page's own thread: 5,000 instances and 2,000 tables, while they arrive, and
 * while somebody types, scrolls and chooses.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { BUILT, buildFrontend, isStale } from '../../bin/local/frontend.ts';
import { visit } from '../../test/e2e/browser.ts';
import { keyBlock } from '../../test/e2e/product.ts';
import { signIn } from '../../test/e2e/steps.ts';
import { chromiumPath } from '../../test/support/machine.ts';
import { type Figure, ms } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { median, ROUNDS } from '../rounds.ts';
import { type Busy, busyWhile } from './busy.ts';
import { generatedLines, type Telling, tell } from './generated.ts';

const ROOT = join(import.meta.dirname, '../..');
const KEYS = 'db-12 region:eu-west-1';
const STEPS = 60;
const LONGEST_MS = 50;

const pane = (page: Page) => ({
  filter: page.getByRole('searchbox', { name: 'Filter resources and objects' }),
  tree: page.getByRole('tree', { name: 'Resources and objects' }),
  found: page.locator('[data-state="complete"]').getByText(/^[\d,]+ resources found$/),
});

/** Until the page has drawn what it had to: two frames, and a moment in which nothing is left to do. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestIdleCallback(resolve));
  });

async function times(page: Page, count: number, step: () => Promise<void>): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await step();
    await drawn(page);
  }
}

interface Act {
  readonly figure: string;
  /** How many steps its time is divided by. */
  readonly steps: number;
  perform(page: Page, telling: Telling): Promise<void>;
}

/** In the order in which they are done, in each round. */
const ACTS: readonly Act[] = [
  {
    figure: 'from the first record to all shown',
    steps: 1,
    async perform(page, telling) {
      telling.begin();
      await pane(page).found.waitFor();
      await drawn(page);
    },
  },
  {
    figure: 'a look again, while all is in sight',
    steps: 1,
    async perform(page, telling) {
      const asked = page.waitForResponse('**/api/resources');
      await page.getByRole('button', { name: 'Look for resources again' }).click();
      await asked;
      telling.begin();
      await pane(page).found.waitFor();
      await drawn(page);
    },
  },
  {
    figure: 'a step of the wheel',
    steps: STEPS,
    async perform(page) {
      await pane(page).tree.hover();
      await times(page, STEPS, () => page.mouse.wheel(0, 360));
    },
  },
  {
    figure: 'a row by the arrow key',
    steps: STEPS,
    async perform(page) {
      await pane(page).tree.focus();
      await times(page, STEPS, () => page.keyboard.press('ArrowDown'));
    },
  },
  {
    figure: 'a page, and the first and the last row, by keys',
    steps: STEPS,
    async perform(page) {
      const keys = ['PageDown', 'PageDown', 'End', 'PageUp', 'PageUp', 'Home'];
      for (let round = 0; round < STEPS / keys.length; round += 1)
        for (const key of keys) await times(page, 1, () => page.keyboard.press(key));
    },
  },
  {
    figure: 'a heading closed or opened',
    steps: 8,
    perform: (page) =>
      times(page, 4, async () => {
        await page.keyboard.press('ArrowLeft');
        await drawn(page);
        await page.keyboard.press('ArrowRight');
      }),
  },
  {
    figure: 'a key typed into the filter',
    steps: KEYS.length,
    async perform(page) {
      await pane(page).filter.focus();
      for (const key of KEYS) await times(page, 1, () => page.keyboard.press(key === ' ' ? 'Space' : key));
    },
  },
  {
    figure: 'a filter cleared',
    steps: 1,
    async perform(page) {
      await page.keyboard.press('Escape');
      await drawn(page);
    },
  },
  {
    figure: 'the values to choose from opened, and closed',
    steps: 1,
    async perform(page) {
      await page.keyboard.press('Alt+Shift+1');
      await page.getByRole('group', { name: 'Region' }).waitFor();
      await drawn(page);
      await page.keyboard.press('Escape');
      await page.getByRole('group', { name: 'Region' }).waitFor({ state: 'hidden' });
      await drawn(page);
    },
  },
];

export async function explorer(ground: Ground): Promise<Figure[]> {
  if (!chromiumPath()) return [{ figure: 'the list of a large account', measured: 'this machine has no Chromium' }];
  if (await isStale(ROOT)) await buildFrontend(ROOT);
  await using telling = await tell(await generatedLines());
  await using serving = await ground.serve('shop', { ...ground.account.environment, BENCH_PAGES: join(ROOT, BUILT) });
  await using opened = await visit(`http://localhost:${serving.port}`);
  const { page } = opened;
  // The answer must come through the network piece by piece, as it does from the function.
  await page.route('**/api/resources', (route) => route.continue({ url: `${telling.url}/api/resources` }));
  const [ada] = ground.account.demoUsers;
  if (!ada) throw new Error('Nobody can sign in.');
  await signIn(page, keyBlock(ada));
  await page.waitForResponse('**/api/resources');
  const rounds: Busy[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(page, telling));
  return ACTS.map(({ figure, steps }, act) => {
    const all = rounds.flatMap((round) => round[act] ?? []);
    const longest = median(all.map((busy) => busy.longest));
    const cpu = median(all.map((busy) => busy.cpu)) / steps;
    const long = median(all.map((busy) => busy.long));
    return {
      figure: `7,000 in the list, ${figure}: CPU; longest task; long tasks`,
      measured: `${ms(cpu)}; ${ms(longest)}; ${long}`,
      target: `none > ${ms(LONGEST_MS)}`,
      ok: longest <= LONGEST_MS,
    };
  });
}

/** From an empty page on: all that is asked before the list is let go is no part of it. */
async function oneRound(page: Page, telling: Telling): Promise<Busy[]> {
  const asked = page.waitForResponse('**/api/resources');
  await page.reload();
  await asked;
  await page.waitForLoadState('load');
  await drawn(page);
  const busy: Busy[] = [];
  for (const act of ACTS) busy.push(await busyWhile(page, () => act.perform(page, telling)));
  return busy;
}
