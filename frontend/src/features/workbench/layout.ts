/** The widths of the panes and which are open: remembered in this browser, whoever signs in. */
import * as z from 'zod';

/** In CSS pixels. */
export const PANE = { min: 200, max: 720 } as const;

export const Layout = z.object({
  left: z.number().min(PANE.min).max(PANE.max),
  right: z.number().min(PANE.min).max(PANE.max),
  leftOpen: z.boolean(),
  rightOpen: z.boolean(),
});
export type Layout = z.infer<typeof Layout>;

export const FIRST_LAYOUT: Layout = { left: 292, right: 340, leftOpen: true, rightOpen: false };
const STORED_AS = 'lodge-layout';

export function loadLayout(storage: Pick<Storage, 'getItem'>): Layout {
  try {
    return Layout.parse(JSON.parse(storage.getItem(STORED_AS) ?? 'null'));
  } catch {
    return FIRST_LAYOUT;
  }
}

export function saveLayout(storage: Pick<Storage, 'setItem'>, layout: Layout): void {
  try {
    storage.setItem(STORED_AS, JSON.stringify(layout));
  } catch {
    // A browser that keeps nothing shows the first layout next time: nothing is lost.
  }
}

/** A width that a pane may have. */
export const fitPane = (width: number): number => Math.round(Math.max(PANE.min, Math.min(PANE.max, width)));
