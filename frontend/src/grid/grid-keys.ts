/** What the keys of a grid do, as data. Motions stand in selection.ts; `Shift` with one of them extends the selection. */
import type { CopyFormat } from './copy-formats.ts';
import type { GridModel } from './grid-model.ts';
import {
  allSelected,
  at,
  type Bounds,
  columnsSelected,
  HEADER_ROW,
  MOTIONS,
  moved,
  rangeOf,
  rowsSelected,
  type Selection,
} from './selection.ts';

/** What the grid asks of what stands around it. */
export interface GridActions {
  /** Opens the panel that shows the active value whole. */
  open(): void;
  copy(format: CopyFormat): void;
  find(): void;
  /** Escape: closes what is open; false where nothing was. */
  close(): boolean;
}

interface KeyContext {
  readonly model: GridModel;
  readonly bounds: Bounds;
  readonly actions: GridActions;
}
type KeyCommand = (context: KeyContext) => void;

/** By how much a key makes a column wider. */
const WIDER = 16;

const widen =
  (by: number): KeyCommand =>
  ({ model }) => {
    const { selection, layout } = model.state.get();
    const { column } = selection.active;
    model.resize(column, layout.widthOf(column) + by);
  };

const select =
  (make: (selection: Selection, bounds: Bounds) => Selection): KeyCommand =>
  ({ model, bounds }) => {
    if (bounds.rows > 0) model.select(make(model.state.get().selection, bounds));
  };

const GRID_KEYS: Readonly<Record<string, KeyCommand>> = {
  Enter: ({ model, actions }) => {
    const { active } = model.state.get().selection;
    if (active.row === HEADER_ROW) void model.sortNext(active.column);
    else actions.open();
  },
  Escape: ({ model, actions }) => {
    if (!actions.close()) model.select(at(model.state.get().selection.active));
  },
  'Mod+a': select((_, bounds) => allSelected(bounds)),
  'Shift+ ': select((selection, bounds) => {
    const { top, bottom } = rangeOf(selection);
    return rowsSelected(Math.max(0, top), Math.max(0, bottom), bounds);
  }),
  'Mod+ ': select((selection, bounds) => {
    const { left, right } = rangeOf(selection);
    return columnsSelected(left, right, bounds);
  }),
  'Mod+c': ({ actions }) => actions.copy('tsv'),
  'Mod+Shift+c': ({ actions }) => actions.copy('tsv-names'),
  'Mod+f': ({ actions }) => actions.find(),
  'Alt+Shift+ArrowLeft': widen(-WIDER),
  'Alt+Shift+ArrowRight': widen(WIDER),
  'Alt+Enter': ({ model }) => {
    const { active } = model.state.get().selection;
    model.fit(active.column, Math.max(0, active.row));
  },
};

/** Does what a key says; false where the key is not the grid's. */
export function pressGridKey(key: string, context: KeyContext): boolean {
  const command = GRID_KEYS[key];
  if (command) {
    command(context);
    return true;
  }
  const extend = key.includes('Shift+');
  const motion = MOTIONS[key.replace('Shift+', '')];
  if (!motion) return false;
  const { model, bounds } = context;
  model.select(moved(model.state.get().selection, motion, bounds, extend));
  return true;
}
