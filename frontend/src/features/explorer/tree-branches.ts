/** What stands below what in the left pane: resources in groups, their connections, and the objects below those. */
import { NODE_KINDS, type NodeKind } from '#contract/engines.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import { type Resource, SERVICES } from '#contract/resources.ts';
import type { LiveConnection } from '../workbench/connections.ts';

/** What is known below a connection or a node. */
export type Level =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly nodes: readonly Node[] }
  | { readonly state: 'failed'; readonly message: string };

export interface TreeSource {
  readonly resources: readonly Resource[];
  readonly connections: readonly LiveConnection[];
  /** By the key of the row above. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Rows whose state differs from what they begin with. */
  readonly toggled: ReadonlySet<string>;
  /** Shows resources and loaded objects whose names hold it, and what leads to them. */
  readonly filter: string;
  /** Narrows the children of one row, by the row's key. */
  readonly levelFilters: ReadonlyMap<string, string>;
}

/** What a row is, beside its place. */
export type Own =
  | { readonly kind: 'group'; readonly count: number }
  | { readonly kind: 'resource'; readonly resource: Resource; readonly connected: boolean }
  | { readonly kind: 'connection'; readonly connection: LiveConnection }
  | { readonly kind: 'folder'; readonly nodeKind: NodeKind; readonly count: number }
  | { readonly kind: 'node'; readonly node: Node; readonly path: NodePath; readonly connection: LiveConnection }
  | {
      readonly kind: 'message';
      readonly state: 'loading' | 'failed' | 'empty';
      /** The level that it speaks of. */
      readonly connection: LiveConnection;
      readonly path: NodePath;
    };

/** A row before it knows its place among the others: itself, and what stands below. */
export interface Branch {
  readonly key: string;
  readonly label: string;
  readonly expandable: boolean;
  /** Open until somebody closes it. */
  readonly openAtFirst: boolean;
  readonly matches: boolean;
  readonly own: Own;
  below(): Branch[];
}

export const holds = (text: string, filter: string): boolean =>
  filter === '' || text.toLowerCase().includes(filter.toLowerCase());

/** What stands below a branch is asked for twice, to see whether anything matches and to draw it: it is made once. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Below a match everything stays in sight. */
const under = (source: TreeSource, matches: boolean): TreeSource => (matches ? { ...source, filter: '' } : source);

/** Keeps what matches, and what leads to something that does. */
function filtered(source: TreeSource, branches: Branch[]): Branch[] {
  if (!source.filter) return branches;
  return branches.filter((branch) => branch.matches || filtered(source, branch.below()).length > 0);
}

/** What stands at the top: services in their regions, each with its resources. */
export function groups(source: TreeSource): Branch[] {
  const inPlaces = Map.groupBy(source.resources.toSorted(byPlace), ({ service, region }) => `${service} ${region}`);
  return [...inPlaces.values()]
    .flatMap(([first, ...rest]) => (first ? [groupBranch(source, first, [first, ...rest])] : []))
    .filter((group) => !source.filter || group.below().length > 0);
}

function groupBranch(source: TreeSource, { service, region }: Resource, resources: readonly Resource[]): Branch {
  return {
    key: `group:${service} ${region}`,
    label: `${SERVICES[service].title} · ${region}`,
    expandable: true,
    openAtFirst: true,
    matches: false,
    own: { kind: 'group', count: resources.length },
    below: once(() =>
      filtered(
        source,
        resources.toSorted(byName).map((resource) => resourceBranch(source, resource)),
      ),
    ),
  };
}

function resourceBranch(source: TreeSource, resource: Resource): Branch {
  const connections = source.connections.filter((connection) => connection.resource.id === resource.id);
  const matches = holds(resource.name, source.filter);
  return {
    key: resource.id,
    label: resource.name,
    expandable: connections.length > 0,
    openAtFirst: true,
    matches,
    own: { kind: 'resource', resource, connected: connections.some((connection) => connection.token) },
    below: once(() =>
      filtered(
        under(source, matches),
        connections.map((connection) => connectionBranch(under(source, matches), connection)),
      ),
    ),
  };
}

function connectionBranch(source: TreeSource, connection: LiveConnection): Branch {
  const matches = holds(connection.database, source.filter);
  return {
    key: connection.key,
    label: connection.database,
    expandable: true,
    openAtFirst: false,
    matches,
    own: { kind: 'connection', connection },
    below: once(() => levelBranches(under(source, matches), connection, [], connection.key)),
  };
}

/** The nodes of a level; more than one kind is put in folders, the first of which stands open. */
function levelBranches(source: TreeSource, connection: LiveConnection, path: NodePath, key: string): Branch[] {
  const level = source.levels.get(key);
  if (level?.state !== 'ready') return level ? [message(connection, path, level)] : [];
  if (level.nodes.length === 0) return [message(connection, path, { state: 'empty', message: 'Nothing is here' })];
  const kinds = Map.groupBy(level.nodes, (node) => node.kind);
  if (kinds.size === 1) return filtered(source, nodeBranches(source, connection, path, level.nodes));
  const folders = [...kinds].map(([kind, nodes], index): Branch => {
    const folder = `${key}/${kind}`;
    return {
      key: folder,
      label: NODE_KINDS[kind].plural,
      expandable: true,
      openAtFirst: index === 0,
      matches: false,
      own: { kind: 'folder', nodeKind: kind, count: nodes.length },
      below: once(() => filtered(source, nodeBranches(source, connection, path, nodes))),
    };
  });
  return filtered(source, folders);
}

function nodeBranches(
  source: TreeSource,
  connection: LiveConnection,
  path: NodePath,
  nodes: readonly Node[],
): Branch[] {
  return nodes.map((node) => {
    const below = [...path, { kind: node.kind, name: node.name }];
    const key = nodeKey(connection, below);
    const matches = holds(node.name, source.filter);
    return {
      key: node.kind === 'function' ? `${key}(${node.detail ?? ''})` : key,
      label: node.name,
      expandable: node.expandable,
      openAtFirst: false,
      matches,
      own: { kind: 'node', node, path: below, connection },
      below: once(() => levelBranches(under(source, matches), connection, below, key)),
    };
  });
}

type Said = Exclude<Level, { state: 'ready' }> | { readonly state: 'empty'; readonly message: string };

/** A level that has no nodes to show says why. */
const message = (connection: LiveConnection, path: NodePath, said: Said): Branch => ({
  key: `${nodeKey(connection, path)}/…`,
  label: 'message' in said ? said.message : 'Loading…',
  expandable: false,
  openAtFirst: false,
  matches: false,
  own: { kind: 'message', state: said.state, connection, path },
  below: () => [],
});

const SERVICE_ORDER = Object.keys(SERVICES);
const byPlace = (one: Resource, other: Resource): number =>
  SERVICE_ORDER.indexOf(one.service) - SERVICE_ORDER.indexOf(other.service) || one.region.localeCompare(other.region);
/** `db-2` stands before `db-10`. */
const names = new Intl.Collator('en', { numeric: true });
const byName = (one: Resource, other: Resource): number => names.compare(one.name, other.name);

/** The key of the row of a node; of its connection's row where the path is empty. */
export const nodeKey = (connection: { key: string }, path: NodePath): string =>
  [connection.key, ...path.map(({ kind, name }) => `${kind}:${encodeURIComponent(name)}`)].join('/');

/** The way back from a key made by `nodeKey` to the path. */
export const pathOf = (key: string): NodePath =>
  key
    .split('/')
    .slice(1)
    .map((step) => {
      const [kind, name = ''] = step.split(':');
      return { kind: kind as NodeKind, name: decodeURIComponent(name) };
    });
