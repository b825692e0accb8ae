/** What axe finds wrong on a screen: the rules of WCAG 2.2 up to level AA, in light, and those of colours in dark too. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What stands on a page is the same in both; how it is coloured is not. */
const CHECKS = {
  dark: (axe: AxeBuilder) => axe.withRules(['color-contrast', 'link-in-text-block']),
  light: (axe: AxeBuilder) => axe.withTags(LEVELS),
} as const;

/** Without frames in a page axe needs no second page to put its findings together, and takes half the time. */
const ofOneFrame = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true);

/** One line for each element that breaks a rule; the page follows the system's colours, which are switched here. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    const { violations: broken } = await CHECKS[colorScheme](ofOneFrame(page)).analyze();
    for (const { id, nodes } of broken)
      for (const { target, failureSummary } of nodes)
        found.push(`${colorScheme}: ${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`);
  }
  return found;
}
