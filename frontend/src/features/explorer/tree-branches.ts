/** What stands below what in the left pane, from a connection down; resource-branches.ts has what stands above. */
import { NODE_KINDS, type NodeKind } from '#contract/engines.ts';
import type { Node, NodePath } from '#contract/objects.ts';
import type { Endpoint, Resource } from '#contract/resources.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import type { Account } from './accounts.ts';
import type { Discovery } from './discovery.ts';
import { type Filter, isEmpty, NO_FILTER } from './resource-filter.ts';
import type { Section } from './sections.ts';

/** What is known below a connection or a node. */
export type Level =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly nodes: readonly Node[] }
  | { readonly state: 'failed'; readonly message: string };

export interface TreeSource {
  readonly resources: readonly Resource[];
  /** What is found in other accounts. */
  readonly sections: readonly Section[];
  readonly connections: readonly LiveConnection[];
  /** By the key of the row above. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Rows whose state differs from what they begin with. */
  readonly toggled: ReadonlySet<string>;
  /** Shows the resources that its terms let through, and what holds its words: itself, below it, or what leads to it. */
  readonly filter: Filter;
  /** Narrows the children of one row, by the row's key. */
  readonly levelFilters: ReadonlyMap<string, string>;
}

/** What a row is, beside its place. */
export type Own =
  | { readonly kind: 'account'; readonly account: Account; readonly discovery: Discovery }
  | { readonly kind: 'group'; readonly count: number }
  | ({ readonly kind: 'resource'; readonly connections: number } & Spot)
  | ({ readonly kind: 'endpoint'; readonly endpoint: Endpoint } & Spot)
  /** A table that is known before anybody connects, with the other regions of a global one. */
  | ({
      readonly kind: 'table';
      readonly table: string;
      readonly replicas: readonly string[];
      readonly readOnly: boolean;
    } & Spot)
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

/** A resource, where it was found. */
export interface Spot {
  readonly resource: Resource;
  /** Beside one's own. */
  readonly account?: Account;
}

/** A row before it knows its place among the others: itself, and what stands below. */
export interface Branch {
  readonly key: string;
  readonly label: string;
  readonly expandable: boolean;
  /** Open until somebody closes it. */
  readonly openAtFirst: boolean;
  readonly matches: boolean;
  /** A filter keeps it for what stands below: it is open, whatever somebody chose. */
  readonly leads: boolean;
  readonly own: Own;
  below(): Branch[];
}

export const holds = (text: string, words: readonly string[]): boolean => {
  if (words.length === 0) return true;
  const name = text.toLowerCase();
  return words.every((word) => name.includes(word));
};

/** What stands below a branch is asked for twice, to see whether anything matches and to draw it: it is made once. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Below a match everything stays in sight. */
const under = (source: TreeSource, matches: boolean): TreeSource =>
  matches ? { ...source, filter: NO_FILTER } : source;

/** Keeps what matches, and what leads to something that does. */
export function filtered(source: Pick<TreeSource, 'filter'>, branches: Branch[]): Branch[] {
  return isEmpty(source.filter) ? branches : branches.filter(remains);
}

const remains = (branch: Branch): boolean => branch.matches || branch.below().some(remains);

export function connectionBranch(source: TreeSource, connection: LiveConnection): Branch {
  const matches = holds(connection.database, source.filter.words);
  return {
    key: connection.key,
    label: connection.database,
    expandable: true,
    openAtFirst: false,
    matches,
    leads: !matches,
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
      leads: !isEmpty(source.filter),
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
    const matches = holds(node.name, source.filter.words);
    return {
      key: node.kind === 'function' ? `${key}(${node.detail ?? ''})` : key,
      label: node.name,
      expandable: node.expandable,
      openAtFirst: false,
      matches,
      leads: !matches,
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
  leads: false,
  own: { kind: 'message', state: said.state, connection, path },
  below: () => [],
});

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
