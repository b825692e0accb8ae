/** What survives a reload: tabs, texts and which connections they used. Kept in this browser, for each user apart. */
import * as z from 'zod';
import { SavedConnection } from './connections.ts';
import { NO_TABS, Tabs } from './tabs.ts';

const Workspace = z.object({
  version: z.literal(1),
  tabs: Tabs,
  connections: z.array(SavedConnection),
});
export type Workspace = z.output<typeof Workspace>;

const EMPTY: Workspace = { version: 1, tabs: NO_TABS, connections: [] };

const keyOf = (userId: string): string => `lodge-workspace:${userId}`;

/** Reads what was saved. What cannot be read (an older version, a changed shape) is left behind, never half used. */
export function loadWorkspace(storage: Pick<Storage, 'getItem'>, userId: string): Workspace {
  try {
    const parsed = Workspace.safeParse(JSON.parse(storage.getItem(keyOf(userId)) ?? 'null'));
    return parsed.success ? parsed.data : EMPTY;
  } catch {
    return EMPTY;
  }
}

/**
 * Saves a workspace; the schema leaves out whatever else a live connection holds, so that no token is ever written.
 * False where the browser keeps nothing more (storage full or switched off).
 */
export function saveWorkspace(storage: Pick<Storage, 'setItem'>, userId: string, workspace: Workspace): boolean {
  try {
    storage.setItem(keyOf(userId), JSON.stringify(Workspace.parse(workspace)));
    return true;
  } catch {
    return false;
  }
}
