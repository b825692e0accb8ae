/** Where the keyboard is, and whether the eye can see it. */
import type { Page } from 'playwright-core';

/** More stops than any screen has. */
const MOST = 80;

/** What stands in focus, by the name that a screen reader says first; undefined for the page itself. */
export const inFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const labels = [...((element as HTMLInputElement | HTMLSelectElement).labels ?? [])];
    const label = element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent ?? '';
    return `${element.getAttribute('role') ?? element.localName}: ${label.trim().slice(0, 60)}`;
  });

/** Presses Tab, or Shift+Tab, until this is in focus. Throws where that does not lead there. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: (string | undefined)[] = [];
  while (passed.length < MOST) {
    await page.keyboard.press(key);
    const now = await inFocus(page);
    if (now && name.test(now)) return;
    passed.push(now);
  }
  throw new Error(`${key} does not lead to ${name}, but to ${[...new Set(passed)].join(', ')}.`);
}

/** Goes round the screen with Tab: every stop, and those at which nothing on the screen shows where the focus is. */
export async function tabStops(page: Page): Promise<{ all: string[]; unseen: string[] }> {
  const all: string[] = [];
  const unseen: string[] = [];
  await tabTo(page, /./);
  const first = await page.evaluateHandle(() => document.activeElement);
  do {
    const stop = await inFocus(page);
    if (stop !== undefined) {
      all.push(stop);
      if (!(await showsFocus(page))) unseen.push(stop);
    }
    await page.keyboard.press('Tab');
  } while (all.length < MOST && !(await first.evaluate((one) => one === document.activeElement)));
  return { all, unseen };
}

/** True where the element in focus and its surroundings look otherwise without the focus. */
async function showsFocus(page: Page): Promise<boolean> {
  const element = await page.evaluateHandle(() => document.activeElement as HTMLElement);
  const { x, y, width, height } = await element.evaluate((one) => one.getBoundingClientRect().toJSON());
  const left = Math.max(0, x - 6);
  const top = Math.max(0, y - 6);
  const clip = { x: left, y: top, width: width + 12, height: height + 12 };
  const focused = await page.screenshot({ clip });
  await element.evaluate((one) => one.blur());
  const plain = await page.screenshot({ clip });
  await element.evaluate((one) => one.focus());
  return !focused.equals(plain);
}
