/** The left pane's state and what can be done with it, outside React: discovery, the levels of the tree, what is open. */
import type { NodePath } from '#contract/objects.ts';
import { call } from '../../api.ts';
import { createStore, type Store } from '../../app/store.ts';
import type { ConnectionBook } from '../workbench/connection-book.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import type { AccountBook } from './accounts.ts';
import { asError, openDiscoverer } from './discoverer.ts';
import { type Discovery, NOTHING_FOUND } from './discovery.ts';
import { rowKeyOf } from './resource-branches.ts';
import { openSections, type Section } from './sections.ts';
import { type Level, nodeKey, pathOf, type Spot, type TreeSource } from './tree-branches.ts';
import type { TreeRow } from './tree-rows.ts';

/** What the tree remembers, beside what it shows. */
type TreeState = Pick<TreeSource, 'levels' | 'toggled' | 'levelFilters'> & {
  /** What stands in the filter box. */
  readonly filter: string;
  /** The values to choose from stand open below the filter box. */
  readonly facetsOpen: boolean;
  /** The key of the row that the keyboard stands on. */
  readonly current: string | undefined;
  /** Resources that could not be reached, by id, and what was said. */
  readonly unreachable: ReadonlyMap<string, string>;
};

export interface Explorer {
  /** Of the account that one has signed in to. */
  readonly discovery: Store<Discovery>;
  /** Of the others, in the order in which they were added. */
  readonly sections: Store<readonly Section[]>;
  readonly tree: Store<TreeState>;
  /** Asks all the instance's regions in every account, or some regions of one's own again. */
  discover(regions?: readonly string[]): Promise<void>;
  /** Asks another account again, in all regions or in some. */
  discoverAccount(roleArn: string, regions?: readonly string[]): Promise<void>;
  /** Everything that was found, one's own account first. */
  found(): Spot[];
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
  facetsOpen: false,
  levelFilters: new Map(),
  current: undefined,
  unreachable: new Map(),
};

interface Surroundings {
  readonly book: ConnectionBook;
  readonly accounts: AccountBook;
  regions(): readonly string[];
  /** Where the filter is kept, for as long as the window. */
  readonly passing: Pick<Storage, 'getItem' | 'setItem'>;
}

const FILTER_STORED_AS = 'lodge-filter';

export function openExplorer({ book, accounts, regions, passing }: Surroundings): Explorer {
  const discovery = createStore<Discovery>(NOTHING_FOUND);
  const tree = createStore<TreeState>({ ...EMPTY_TREE, filter: passing.getItem(FILTER_STORED_AS) ?? '' });
  const change = (change: Partial<TreeState>) => {
    tree.set((now) => ({ ...now, ...change }));
    if (change.filter !== undefined) passing.setItem(FILTER_STORED_AS, change.filter);
  };
  const own = openDiscoverer({ put: (change) => discovery.set(change) });
  const others = openSections(accounts);

  async function discover(some?: readonly string[]): Promise<void> {
    if (some) return own(some);
    const all = accounts.accounts.get().map(({ roleArn }) => others.discover(roleArn, regions()));
    await Promise.all([own(regions()), ...all]);
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

  function reveal(connection: LiveConnection): void {
    const { key, resource, assume } = connection;
    const toggled = new Set(tree.get().toggled).add(key);
    // A resource stands open as soon as it has a connection, whatever was done to its row before.
    toggled.delete(rowKeyOf(resource, assume?.roleArn));
    toggled.delete(rowKeyOf(resource));
    change({ toggled, current: key });
    loadOnce(connection, []);
  }

  return {
    discovery,
    sections: others.sections,
    tree,
    refresh,
    discover,
    discoverAccount: (roleArn, some = regions()) => others.discover(roleArn, some),
    found: () => [
      ...discovery.get().resources.map((resource) => ({ resource })),
      ...others.sections
        .get()
        .flatMap(({ account, discovery: { resources } }) => resources.map((resource) => ({ resource, account }))),
    ],
    toggle,
    load,
    change,
    reveal,
  };
}

const belongsTo = (connection: LiveConnection, key: string): boolean => key.split('/')[0] === connection.key;

const flip = (keys: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
};
