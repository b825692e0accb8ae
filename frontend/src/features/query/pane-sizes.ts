/** The heights and widths inside of a tab: remembered in this browser, the same in every tab. */
import * as z from 'zod';
import { createStore, type Store } from '../../app/store.ts';

/** In CSS pixels. */
export const EDITOR_HEIGHT = { min: 80, max: 900 } as const;
export const VALUE_WIDTH = { min: 220, max: 900 } as const;

const PaneSizes = z.object({
  editor: z.number().min(EDITOR_HEIGHT.min).max(EDITOR_HEIGHT.max),
  value: z.number().min(VALUE_WIDTH.min).max(VALUE_WIDTH.max),
});
type PaneSizes = z.infer<typeof PaneSizes>;

const FIRST: PaneSizes = { editor: 230, value: 380 };
const STORED_AS = 'lodge-query-sizes';

export function loadPaneSizes(storage: Pick<Storage, 'getItem' | 'setItem'>): Store<PaneSizes> {
  const sizes = createStore(read(storage));
  sizes.subscribe(() => {
    try {
      storage.setItem(STORED_AS, JSON.stringify(sizes.get()));
    } catch {
      // A browser that keeps nothing begins with the first sizes next time.
    }
  });
  return sizes;
}

function read(storage: Pick<Storage, 'getItem'>): PaneSizes {
  try {
    return PaneSizes.parse(JSON.parse(storage.getItem(STORED_AS) ?? 'null'));
  } catch {
    return FIRST;
  }
}

export const fitted = (size: number, { min, max }: { min: number; max: number }): number =>
  Math.round(Math.min(max, Math.max(min, size)));
