/** The tabs of the workbench as values: every change makes a new state, so that it can be stored, tested and undone. */
import * as z from 'zod';
import { EngineName } from '#contract/engines.ts';
import { Parameter } from '#contract/parameters.ts';
import { Script } from '#contract/scripts.ts';

export const Tab = z.object({
  id: z.string().min(1),
  title: z.string(),
  text: z.string(),
  /** The `key` of its connection; absent until the first run asks for one. */
  connectionKey: z.string().optional(),
  /** Where it ran before, while it has no connection: offered at its first run. */
  wanted: z
    .object({ resourceId: z.string(), engine: EngineName.optional(), database: z.string().optional() })
    .optional(),
  /** What is said of the parameters that its text names. */
  parameters: z.array(Parameter).optional(),
  /** The script that it shows, as it was read or saved last: what differs from it is not saved. */
  script: Script.optional(),
});
export type Tab = z.infer<typeof Tab>;

export const Tabs = z.object({
  tabs: z.array(Tab),
  active: z.string().optional(),
  /** What was closed last stands last; a few are kept, so that a slip can be undone. */
  closed: z.array(Tab).default([]),
});
export type Tabs = z.output<typeof Tabs>;

export const NO_TABS: Tabs = { tabs: [], closed: [] };
const CLOSED_KEPT = 10;

/** Opens a tab right of the active one and activates it. */
export function openTab(state: Tabs, tab: Tab): Tabs {
  const at = indexOf(state, state.active) + 1 || state.tabs.length;
  return { ...state, tabs: state.tabs.toSpliced(at, 0, tab), active: tab.id };
}

/** Closes a tab; its right neighbour, else its left one, becomes active where it was. */
export function closeTab(state: Tabs, id: string): Tabs {
  const at = indexOf(state, id);
  const tab = state.tabs[at];
  if (!tab) return state;
  const tabs = state.tabs.toSpliced(at, 1);
  const active = state.active === id ? (tabs[at] ?? tabs[at - 1])?.id : state.active;
  // An empty tab is not worth bringing back.
  const closed = tab.text.trim() ? [...state.closed, tab].slice(-CLOSED_KEPT) : state.closed;
  return withActive({ ...state, tabs, closed }, active);
}

/** Brings back what was closed last. */
export function reopenTab(state: Tabs): Tabs {
  const tab = state.closed.at(-1);
  if (!tab) return state;
  return openTab({ ...state, closed: state.closed.slice(0, -1) }, tab);
}

export const activateTab = (state: Tabs, id: string): Tabs =>
  state.active === id || indexOf(state, id) === -1 ? state : { ...state, active: id };

/** Activates the neighbour, round the ends. */
export function stepTab(state: Tabs, by: 1 | -1): Tabs {
  const count = state.tabs.length;
  const next = state.tabs[(indexOf(state, state.active) + by + count) % count];
  return next ? activateTab(state, next.id) : state;
}

/** Moves a tab by so many places, as far as there are any. */
export function moveTab(state: Tabs, id: string, by: number): Tabs {
  const from = indexOf(state, id);
  const tab = state.tabs[from];
  const to = Math.max(0, Math.min(state.tabs.length - 1, from + by));
  if (!tab || to === from) return state;
  return { ...state, tabs: state.tabs.toSpliced(from, 1).toSpliced(to, 0, tab) };
}

/** Changes what is given of a tab. An empty title keeps the old one. */
export function changeTab(state: Tabs, id: string, change: Partial<Omit<Tab, 'id'>>): Tabs {
  const title = change.title?.trim();
  const { title: _, ...rest } = change;
  const tabs = state.tabs.map((tab) => (tab.id === id ? { ...tab, ...rest, ...(title ? { title } : {}) } : tab));
  return { ...state, tabs };
}

/** `Query 1`, `Query 2`, …: the first that no open tab has. */
export function freeTitle(state: Tabs): string {
  const taken = new Set(state.tabs.map((tab) => tab.title));
  let number = 1;
  while (taken.has(`Query ${number}`)) number += 1;
  return `Query ${number}`;
}

const indexOf = (state: Tabs, id: string | undefined): number => state.tabs.findIndex((tab) => tab.id === id);

function withActive({ active: _, ...state }: Tabs, active: string | undefined): Tabs {
  return active === undefined ? state : { ...state, active };
}
