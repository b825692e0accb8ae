import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { type Visit, visit } from '../../e2e/browser.ts';
import { until } from '../../e2e/until.ts';
import { describeWith } from '../../support/machine.ts';
import { type ServedPage, servePage } from '../serve-page.ts';
import type {} from './grid-page.tsx';

const TEN_MILLION = 10_000_000;

describeWith('chromium', 'the grid in a browser', () => {
  let served: ServedPage;
  let browser: Visit;
  let page: Page;
  let grid: Locator;

  beforeAll(async () => {
    served = await servePage(join(__dirname, 'grid-page.tsx'));
    browser = await visit(served.url);
    page = browser.page;
    grid = page.getByRole('grid');
  }, 60_000);
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await served?.[Symbol.asyncDispose]();
  });
  afterEach(() => expect(browser.faults()).toEqual([]));

  const show = async (rows: number, columns = 6) => {
    await page.evaluate(([r, c]) => window.page.show(r, c), [rows, columns] as const);
    await page.locator(`[role="grid"][aria-rowcount="${rows + 1}"]`).waitFor();
    await page.evaluate(() => window.page.asked.splice(0));
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const cell = (row: number, column: number) =>
    grid.locator(`[aria-rowindex="${row + 2}"] [role="gridcell"][aria-colindex="${column + 2}"]`);
  const number = (row: number) => grid.locator(`[aria-rowindex="${row + 2}"] [role="rowheader"]`);
  const header = (column: number) => grid.locator(`[role="columnheader"][aria-colindex="${column + 2}"]`);
  /** The row and column that assistive technology is told of, from 0; the header is row -1. */
  const active = () =>
    grid.evaluate((element) => {
      const named = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      const row = Number(named?.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')) - 2;
      return [row, Number(named?.getAttribute('aria-colindex')) - 2];
    });
  /** The corners of what is selected and in the page. */
  const selected = () =>
    grid.evaluate((element) => {
      const cells = [...element.querySelectorAll('[role="gridcell"][aria-selected="true"]')].map((one) => [
        Number(one.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')) - 2,
        Number(one.getAttribute('aria-colindex')) - 2,
      ]);
      const rows = cells.map(([row = 0]) => row);
      const columns = cells.map(([, column = 0]) => column);
      return [Math.min(...rows), Math.min(...columns), Math.max(...rows), Math.max(...columns)];
    });
  /** The first row that stands whole below the header. */
  const topRow = () =>
    grid.evaluate((element) => {
      const top = element.getBoundingClientRect().top + 28;
      const rows = [...element.querySelectorAll('[role="row"]')].filter(
        (row) => row.getBoundingClientRect().top >= top - 1,
      );
      return Math.min(...rows.map((row) => Number(row.getAttribute('aria-rowindex')))) - 2;
    });
  const middleOf = async (place: Locator) => {
    const box = await place.boundingBox();
    if (!box) throw new Error('It is not on the screen');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, box };
  };
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await page.mouse.move(to.x, to.y);
  };

  it('says how large it is, and draws only what is in view', async () => {
    await show(TEN_MILLION, 1_600);
    expect(await grid.getAttribute('aria-colcount')).toBe('1601');
    expect(await page.locator('*').count()).toBeLessThan(2_000);
    await press('Tab', 'ControlOrMeta+End');
    await cell(TEN_MILLION - 1, 1_599).waitFor();
    expect(await cell(TEN_MILLION - 1, 1_599).textContent()).toBe('999.1599');
    expect(await page.locator('*').count()).toBeLessThan(2_000);
  }, 60_000);

  it('reaches every row of ten million by key', async () => {
    await show(TEN_MILLION);
    await grid.focus();
    await press('ControlOrMeta+ArrowDown');
    expect(await active()).toEqual([TEN_MILLION - 1, 0]);
    expect(await number(TEN_MILLION - 1).textContent()).toBe('10,000,000');
    await press('ArrowUp', 'ArrowUp');
    expect(await active()).toEqual([TEN_MILLION - 3, 0]);
    await press('ControlOrMeta+Home');
    expect([await active(), await topRow()]).toEqual([[0, 0], 0]);
    await press('PageDown', 'PageDown', 'ArrowRight');
    const [row = 0] = await active();
    expect(await cell(row, 1).isVisible()).toBe(true);
    expect(row % 2).toBe(0);
  });

  it('moves by rows with the wheel, also in the middle of ten million', async () => {
    await show(TEN_MILLION);
    await grid.hover();
    await page.mouse.wheel(0, 240);
    await until('ten rows further', async () => (await topRow()) === 10);
    await grid.evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });
    await until('the middle', async () => (await topRow()) > 4_900_000);
    const middle = await topRow();
    expect(middle).toBeLessThan(5_100_000);
    await page.mouse.wheel(0, 240);
    await until('ten rows further', async () => (await topRow()) === middle + 10);
    // Once it rests, the element is brought to where the rows are: they stay where they were.
    await page.evaluate(() => new Promise((rested) => setTimeout(rested, 300)));
    expect(await topRow()).toBe(middle + 10);
  });

  it('comes to the last row at the end of the scrollbar, and back to the first', async () => {
    await show(TEN_MILLION);
    await grid.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await cell(TEN_MILLION - 1, 0).waitFor();
    const bottom = await grid.evaluate((element) => element.getBoundingClientRect().bottom);
    const { box } = await middleOf(cell(TEN_MILLION - 1, 0));
    expect(Math.abs(box.y + box.height - bottom)).toBeLessThan(20);
    await grid.evaluate((element) => {
      element.scrollTop = 0;
    });
    await until('the first row', async () => (await topRow()) === 0);
  });

  it('keeps its header on top and its numbers at the left', async () => {
    await show(50_000, 40);
    await grid.focus();
    await press('ControlOrMeta+End');
    const around = await middleOf(grid);
    expect((await middleOf(header(39))).box.y).toBeCloseTo(around.box.y, 0);
    expect((await middleOf(number(49_999))).box.x).toBeCloseTo(around.box.x, 0);
  });

  it('shows NULL apart from text, and numbers at the right', async () => {
    await show(1_000);
    expect(await cell(3, 1).textContent()).toBe('NULL');
    const [nullStyle, textStyle] = await Promise.all(
      [cell(3, 1), cell(4, 1)].map((one) => one.evaluate((element) => getComputedStyle(element).fontStyle)),
    );
    expect([nullStyle, textStyle]).toEqual(['italic', 'normal']);
    expect(await cell(4, 0).evaluate((element) => getComputedStyle(element).textAlign)).toBe('right');
    expect(await header(0).textContent()).toContain('key');
  });

  it('selects by dragging, by Shift, and by key', async () => {
    await show(1_000);
    await drag(await middleOf(cell(2, 1)), await middleOf(cell(5, 3)));
    await page.mouse.up();
    expect(await selected()).toEqual([2, 1, 5, 3]);
    expect(await active()).toEqual([5, 3]);
    await cell(3, 2).click();
    await cell(6, 0).click({ modifiers: ['Shift'] });
    expect(await selected()).toEqual([3, 0, 6, 2]);
    await press('Shift+ArrowDown');
    expect(await selected()).toEqual([3, 0, 7, 2]);
    await press('Escape');
    expect(await selected()).toEqual([7, 0, 7, 0]);
  });

  it('selects rows by their numbers, columns by their names, and all by the corner', async () => {
    await show(1_000);
    await drag(await middleOf(number(2)), await middleOf(number(4)));
    await page.mouse.up();
    expect(await selected()).toEqual([2, 0, 4, 5]);
    await header(2).click();
    const [top, left, bottom, right] = await selected();
    expect([top, left, right]).toEqual([0, 2, 2]);
    expect(bottom).toBeGreaterThan(20);
    await grid.locator('[data-corner]').click();
    expect((await selected()).slice(0, 2)).toEqual([0, 0]);
    expect((await selected())[3]).toBe(5);
  });

  it('takes the rows along when a selection is dragged over the edge', async () => {
    await show(100_000);
    const from = await middleOf(cell(2, 1));
    await drag(from, { x: from.x, y: 2_000 });
    await until('rows passing by', async () => (await topRow()) > 100);
    await page.mouse.up();
    await press('Shift+ControlOrMeta+Home');
    expect(await active()).toEqual([0, 0]);
  });

  it('changes the width of a column by pointer and by key', async () => {
    await show(1_000);
    const width = async () => (await middleOf(header(1))).box.width;
    const before = await width();
    const { box } = await middleOf(header(1));
    const edge = { x: box.x + box.width, y: box.y + 10 };
    await drag(edge, { x: edge.x + 90, y: edge.y });
    await page.mouse.up();
    expect(await width()).toBeCloseTo(before + 90, 0);
    expect(await selected()).toEqual([0, 0, 0, 0]);
    await page.mouse.dblclick(edge.x + 90, edge.y);
    expect(await width()).toBeCloseTo(before, 0);
    await cell(0, 1).click();
    await press('Alt+Shift+ArrowRight');
    expect(await width()).toBeCloseTo(before + 16, 0);
  });

  it('leads into the header and back by key', async () => {
    await show(1_000);
    await grid.focus();
    await press('ArrowRight', 'ArrowUp');
    expect(await active()).toEqual([-1, 1]);
    await press('ArrowDown');
    expect(await active()).toEqual([0, 1]);
  });

  it('asks for the value, the menu and copies', async () => {
    await show(1_000);
    await cell(1, 1).dblclick();
    await press('Enter', 'ControlOrMeta+C', 'ControlOrMeta+F');
    await cell(2, 2).click({ button: 'right' });
    await press('Shift+F10');
    expect(await page.evaluate(() => window.page.asked)).toEqual(['open', 'open', 'copy tsv', 'find', 'menu', 'menu']);
    expect(await active()).toEqual([2, 2]);
  });

  it('stays where it is while more rows arrive', async () => {
    await show(300_000);
    await grid.focus();
    await press('PageDown', 'PageDown', 'PageDown');
    const before = await topRow();
    await page.evaluate(() => window.page.add(5_000));
    await page.locator('[role="grid"][aria-rowcount="5300001"]').waitFor();
    expect(await topRow()).toBe(before);
  });

  it('is found again as it was left, after it was hidden', async () => {
    await show(TEN_MILLION, 60);
    await grid.focus();
    await press('ControlOrMeta+End');
    const before = await topRow();
    await page.evaluate(() => window.page.hide(true));
    await page.evaluate(() => window.page.hide(false));
    await cell(TEN_MILLION - 1, 59).waitFor();
    expect(await topRow()).toBe(before);
  });

  it('keeps the active cell in view when it becomes narrower', async () => {
    await show(1_000, 40);
    await grid.focus();
    await press('End');
    await press('ArrowLeft', 'ArrowLeft', 'Home', ...Array.from({ length: 8 }, () => 'ArrowRight'));
    await page.setViewportSize({ width: 500, height: 400 });
    await until('the cell in view', async () => {
      const { box } = await middleOf(cell(0, 8));
      return box.x >= 0 && box.x + box.width <= 500;
    });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is empty without rows, and has its header', async () => {
    await show(0);
    expect(await grid.getByRole('gridcell').count()).toBe(0);
    expect(await header(5).textContent()).toContain('column 5');
    await grid.focus();
    await press('ArrowDown', 'ControlOrMeta+A');
    expect(await active()).toEqual([-1, 0]);
  });
});
