/** The left pane's state and what can be done with it, outside React: discovery, the levels of the tree, what is open. */
import type { NodePath } from '#contract/objects.ts';
import { ResourcesRecord } from '#contract/resources.ts';
import { ApiError, call, lines } from '../../api.ts';
import { watchSilence } from '../../app/silence.ts';
import { createStore, type Store } from '../../app/store.ts';
import type { ConnectionBook } from '../workbench/connection-book.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import { type Discovery, endDiscovery, failDiscovery, receive, startDiscovery } from './discovery.ts';
import { type Level, nodeKey, pathOf, type TreeSource } from './tree-branches.ts';
import type { TreeRow } from './tree-rows.ts';

/** A server sends a heartbeat every ten seconds; after so long without a word the stream counts as cut. */
const SILENCE_MS = 45_000;

/** What the tree remembers, beside what it shows. */
type TreeState = Pick<TreeSource, 'levels' | 'toggled' | 'filter' | 'levelFilters'> & {
  /** The key of the row that the keyboard stands on. */
  readonly current: string | undefined;
  /** Resources that could not be reached, by id, and what was said. */
  readonly unreachable: ReadonlyMap<string, string>;
};

export interface Explorer {
  readonly discovery: Store<Discovery>;
  readonly tree: Store<TreeState>;
  /** Asks all the instance's regions, or some of them again; a second call waits for nobody and starts over. */
  discover(regions?: readonly string[]): Promise<void>;
  /** Opens or closes a row, and reads what stands below where that is not known yet. */
  toggle(row: TreeRow): void;
  /** Reads a level (again). Errors become a row of the tree. */
  load(connection: LiveConnection, path: NodePath): Promise<void>;
  /** Opens a connection's row and reads its first level. */
  reveal(connection: LiveConnection): void;
  /** Forgets what was read of a connection, and reads again what is open. */
  refresh(connection: LiveConnection): void;
  change(change: Partial<TreeState>): void;
}

const EMPTY_TREE: TreeState = {
  levels: new Map(),
  toggled: new Set(),
  filter: '',
  levelFilters: new Map(),
  current: undefined,
  unreachable: new Map(),
};

export function openExplorer(book: ConnectionBook, regions: () => readonly string[]): Explorer {
  const discovery = createStore<Discovery>({ state: 'running', cells: [], resources: [] });
  const tree = createStore<TreeState>(EMPTY_TREE);
  const change = (change: Partial<TreeState>) => tree.set((now) => ({ ...now, ...change }));
  let stop = new AbortController();

  async function discover(some: readonly string[] = regions()): Promise<void> {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    const silence = watchSilence(SILENCE_MS);
    discovery.set((now) => startDiscovery(some, now));
    try {
      const body = { regions: [...some] };
      for await (const line of lines('resources', { body }, AbortSignal.any([signal, silence.signal]))) {
        silence.heard();
        const record = ResourcesRecord.safeParse(JSON.parse(new TextDecoder().decode(line)));
        // A record of a kind that this page does not know is from a newer server: it is passed over.
        if (record.success && !signal.aborted) discovery.set((now) => receive(now, record.data));
      }
      if (!signal.aborted) discovery.set(endDiscovery);
    } catch (error) {
      if (signal.aborted) return;
      // A server that says nothing any more, not even a heartbeat, is as good as gone.
      if (silence.signal.aborted) discovery.set(endDiscovery);
      else discovery.set((now) => failDiscovery(now, asError(error)));
    } finally {
      silence.stop();
    }
  }

  async function load(connection: LiveConnection, path: NodePath): Promise<void> {
    const key = nodeKey(connection, path);
    const put = (level: Level) => tree.set((now) => ({ ...now, levels: new Map(now.levels).set(key, level) }));
    put({ state: 'loading' });
    try {
      const { nodes } = await book.use(connection.key, (token) =>
        call('children', { body: { connection: token, path } }),
      );
      put({ state: 'ready', nodes });
    } catch (error) {
      put({ state: 'failed', message: asError(error).message });
    }
  }

  function toggle(row: TreeRow): void {
    if (!row.expandable) return;
    tree.set((now) => ({ ...now, toggled: flip(now.toggled, row.key) }));
    if (row.expanded) return;
    if (row.kind === 'connection') loadOnce(row.connection, []);
    if (row.kind === 'node') loadOnce(row.connection, row.path);
  }
  function loadOnce(connection: LiveConnection, path: NodePath): void {
    const known = tree.get().levels.get(nodeKey(connection, path));
    if (!known || known.state === 'failed') void load(connection, path);
  }

  function refresh(connection: LiveConnection): void {
    const open = [...tree.get().levels.keys()].filter((key) => belongsTo(connection, key));
    const levels = new Map([...tree.get().levels].filter(([key]) => !belongsTo(connection, key)));
    change({ levels });
    for (const key of open) {
      const path = pathOf(key);
      if (path.length === 0 || tree.get().toggled.has(key)) void load(connection, path);
    }
  }

  return {
    discovery,
    tree,
    refresh,
    discover,
    toggle,
    load,
    change,
    reveal(connection) {
      tree.set((now) => ({ ...now, toggled: new Set(now.toggled).add(connection.key), current: connection.key }));
      loadOnce(connection, []);
    },
  };
}

const belongsTo = (connection: LiveConnection, key: string): boolean => key.split('/')[0] === connection.key;

const flip = (keys: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
};

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new ApiError({ code: 'UNEXPECTED', message: 'Something went wrong on this page.' });
