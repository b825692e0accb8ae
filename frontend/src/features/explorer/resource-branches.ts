/** What stands above a connection in the left pane: accounts, groups, resources, and what belongs to those. */
import { type Resource, SERVICES } from '#contract/resources.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import type { Account } from './accounts.ts';
import { arrange, type Place } from './arrange.ts';
import { isEmpty } from './resource-filter.ts';
import { mayHold, termsMatcher, wordsLeft } from './resource-index.ts';
import type { Section } from './sections.ts';
import { type Branch, connectionBranch, filtered, holds, once, type Spot, type TreeSource } from './tree-branches.ts';

/** What is looked up for many rows, made once for all of them. */
interface Seen extends TreeSource {
  /** What the terms of the filter let through. */
  passes(resource: Resource): boolean;
  /** By the key of the row of their resource. */
  readonly byRow: ReadonlyMap<string, readonly LiveConnection[]>;
}

/** What stands at the top: services in their regions, each with its resources; then the other accounts. */
export function topBranches(source: TreeSource): Branch[] {
  const roles = new Set(source.sections.map(({ account }) => account.roleArn));
  const others = source.sections.map(({ discovery }) => discovery.resources);
  const seen: Seen = {
    ...source,
    passes: termsMatcher(source.filter, source.resources, ...others),
    byRow: Map.groupBy(source.connections, ({ resource, assume }) =>
      rowKeyOf(resource, assume && roles.has(assume.roleArn) ? assume.roleArn : undefined),
    ),
  };
  const accounts = source.sections.map((section) => accountBranch(seen, section));
  return [...placeBranches(seen, source.resources), ...accounts.filter((branch) => isSeen(source, branch))];
}

/** A heading stays without a filter, and for what is left below it. */
const isSeen = ({ filter }: TreeSource, branch: Branch): boolean => isEmpty(filter) || branch.below().length > 0;

function accountBranch(seen: Seen, { account, discovery }: Section): Branch {
  return {
    key: `account:${account.roleArn}`,
    label: account.name,
    expandable: discovery.resources.length > 0,
    openAtFirst: true,
    matches: false,
    leads: false,
    own: { kind: 'account', account, discovery },
    below: once(() => placeBranches(seen, discovery.resources, account)),
  };
}

function placeBranches(seen: Seen, resources: readonly Resource[], account?: Account): Branch[] {
  return arrange(resources)
    .map((place) => groupBranch(seen, place, account))
    .filter((branch) => isSeen(seen, branch));
}

function groupBranch(seen: Seen, { service, region, resources, members }: Place, account?: Account): Branch {
  const below = once(() =>
    filtered(
      seen,
      resources.map((resource) => resourceBranch(seen, { resource, ...(account && { account }) }, members)),
    ),
  );
  return {
    key: `group:${account ? `${account.roleArn} ` : ''}${service} ${region}`,
    label: `${SERVICES[service].title} · ${region}`,
    expandable: true,
    openAtFirst: true,
    matches: false,
    leads: seen.filter.words.length > 0,
    own: { kind: 'group', count: isEmpty(seen.filter) ? resources.length : below().length },
    below,
  };
}

/** The key of the row of a resource, in one's own account or in another. */
export const rowKeyOf = ({ id }: Resource, roleArn?: string): string => (roleArn ? `${roleArn} ${id}` : id);

function resourceBranch(seen: Seen, spot: Spot, members: Place['members']): Branch {
  const { resource, account } = spot;
  const key = rowKeyOf(resource, account?.roleArn);
  const connections = seen.byRow.get(key) ?? [];
  const inside = members.get(resource) ?? [];
  const passes = seen.passes(resource);
  const words = wordsLeft(resource, seen.filter.words);
  const matches = passes && words.length === 0;
  const below = () => {
    // The terms have been met, and the words that were found here need not be found below again.
    const within: Seen = passes ? { ...seen, passes: () => true, filter: { words, terms: [] } } : seen;
    const holdsIt = passes && mayHold(resource, words);
    return filtered(within, [
      ...(passes ? connections.map((connection) => connectionBranch(within, connection)) : []),
      ...(holdsIt ? endpointBranches(within, spot, key) : []),
      ...inside.map((member) => resourceBranch(within, { ...spot, resource: member }, members)),
      ...(holdsIt && connections.length === 0 ? tableBranches(within, spot, key) : []),
    ]);
  };
  return {
    key,
    label: resource.name,
    expandable: connections.length > 0 || resource.endpoints.length > 1 || inside.length > 0 || hasTables(resource),
    openAtFirst: connections.length > 0,
    matches,
    leads: !matches,
    own: { kind: 'resource', connections: connections.length, ...spot },
    below: once(below),
  };
}

const hasTables = ({ tables = [] }: Resource): boolean => tables.length > 0;

/** A resource with one endpoint is that endpoint. */
function endpointBranches({ filter }: Seen, spot: Spot, key: string): Branch[] {
  const { endpoints } = spot.resource;
  if (endpoints.length < 2) return [];
  return endpoints.map((endpoint) => {
    const label = endpoint.name ?? endpoint.use;
    return leaf(`${key}/endpoint:${endpoint.host}`, label, holds(`${label} ${endpoint.host}`, filter.words), {
      kind: 'endpoint',
      endpoint,
      ...spot,
    });
  });
}

/** The tables that discovery has named; once somebody is connected, the connection's own are shown. */
function tableBranches({ filter }: Seen, spot: Spot, key: string): Branch[] {
  const { tables = [], globalTables = {}, readOnlyTables } = spot.resource;
  const readOnly = new Set(readOnlyTables);
  return tables.map((table) =>
    leaf(`${key}/table:${table}`, table, holds(table, filter.words), {
      kind: 'table',
      table,
      replicas: globalTables[table] ?? [],
      readOnly: readOnly.has(table),
      ...spot,
    }),
  );
}

const leaf = (key: string, label: string, matches: boolean, own: Branch['own']): Branch => ({
  key,
  label,
  expandable: false,
  openAtFirst: false,
  matches,
  leads: false,
  own,
  below: () => [],
});
