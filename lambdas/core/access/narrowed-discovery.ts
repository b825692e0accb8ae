/**
 * Discovery as a role sees it: what the rules hide is not there, and what they let it only read says so. Decided here, in
 * the functions; a page is told nothing of what it may not see. Tags that might decide are read before anything is told, and
 * what could not be read is taken to bear them.
 */
import type { Narrowing } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { clusterOf } from '#contract/patterns.ts';
import type { Resource, Service, Tags, Unread } from '#contract/resources.ts';
import type { Role } from '#contract/roles.ts';
import type { Discovery, Found, Scope, TagsRead } from '../ports/discovery.ts';
import { type Around, judge, judgeTable, type Rules } from './judge.ts';

/** Whom the rules are asked for. */
export interface Narrowed {
  readonly narrowings: readonly Narrowing[];
  readonly role: Role;
}

/** The call that makes a list know the clusters that its instances belong to. */
const CLUSTERS = 'rds:DescribeDBClusters';

const NOTHING_READ: TagsRead = { tags: new Map(), unread: [] };

export function narrowedDiscovery<D extends Pick<Discovery, 'find' | 'tags'> & Partial<Discovery>>(
  discovery: D,
  { narrowings, role }: Narrowed,
): D {
  const own = narrowings.filter((one) => one.role === role);
  if (own.length === 0) return discovery;
  const rules = { own, role };

  async function list(...[service, region, scope]: Parameters<Discovery['list']>): Promise<Found> {
    const found = await discovery.list?.(service, region, scope);
    if (!found) throw new AppError('INTERNAL');
    const clusters = await clusterTags(clustersAsked(found.resources, rules), region, scope);
    const judged = await Promise.all(
      found.resources.map(async (each) => {
        const tables = await tableTags(each, scope);
        const around = { cluster: clusters.tags.get(clusterIdOf(each)), tables: tables.tags };
        return { ...judge(each, around, rules), unread: [...clusters.unread, ...tables.unread] };
      }),
    );
    const blind = judged.filter(({ isBlind }) => isBlind);
    const withheld = distinct(blind.flatMap(({ unread }) => [...(found.unread ?? []), ...unread]));
    const { lacking } = found;
    const resources = judged.flatMap(({ left }) => left ?? []);
    return { resources, lacking, ...(withheld.length > 0 && { withheld }) };
  }

  /** The tags of all clusters of these services, by the clusters' ARNs. */
  async function clusterTags(services: readonly Service[], region: string, scope: Scope): Promise<TagsRead> {
    const tags = new Map<string, Tags>();
    const unread: Unread[] = [];
    for (const service of services) {
      try {
        const clusters = await discovery.list?.(service, region, scope);
        for (const each of clusters?.resources ?? []) if (each.tags) tags.set(each.id, each.tags);
        unread.push(...(clusters?.unread ?? []));
      } catch (error) {
        unread.push(unreadOf(error));
      }
    }
    return { tags, unread };
  }

  async function tableTags(resource: Resource, scope: Scope): Promise<TagsRead> {
    const asked = tablesAsked(resource, rules);
    if (asked.length === 0 || !discovery.tableTags) return NOTHING_READ;
    return discovery.tableTags(resource.region, asked, scope);
  }

  /** Its tables are those that can be told without their tags: whoever looks for one resource wants no list. */
  async function find(resourceId: string, scope: Scope): Promise<Resource> {
    const found = await discovery.find(resourceId, scope);
    const [resource, around] = await withTags(found, scope);
    const { left } = judge(resource, around, rules);
    // In the words of one that does not exist.
    if (!left) throw new AppError('RESOURCE_NOT_FOUND');
    return left;
  }

  /** Reads what might decide. Errors: those of reading, where the resource would be hidden if tags were as one must fear. */
  async function withTags(found: Resource, scope: Scope): Promise<[Resource, Around]> {
    const isOpen = (resource: Resource, around: Around) => judge({ ...resource, tables: [] }, around, rules).isBlind;
    const isHidden = judge(found, {}, rules).left === undefined;
    const tolerant = (error: unknown): undefined => {
      if (isHidden || !(error instanceof AppError)) throw error;
    };
    const tags =
      found.tags ??
      (isOpen(found, { cluster: {} }) ? await discovery.tags(found.id, scope).catch(tolerant) : undefined);
    const resource: Resource = tags ? { ...found, tags } : found;
    const clusterId = clusterIdOf(found);
    if (!clusterId || !isOpen(resource, {})) return [resource, {}];
    return [resource, { cluster: await tagsOfCluster(clusterId, scope).catch(tolerant) }];
  }

  async function tagsOfCluster(clusterId: string, scope: Scope): Promise<Tags> {
    const cluster = await discovery.find(clusterId, scope);
    return cluster.tags ?? discovery.tags(clusterId, scope);
  }

  return { ...discovery, find, ...(discovery.list && { list }) };
}

const clusterIdOf = (resource: Resource): string => clusterOf(resource, undefined)?.id ?? '';

/** The services of the clusters whose tags might decide about these, their members. */
function clustersAsked(resources: readonly Resource[], rules: Rules): Service[] {
  const asked = resources.filter((each) => each.clusterId !== undefined && judge(each, {}, rules).isBlind);
  return [...new Set(asked.flatMap((each) => clusterOf(each, undefined)?.service ?? []))];
}

/** The tables whose tags might decide. */
function tablesAsked(resource: Resource, rules: Rules): string[] {
  if (resource.service !== 'dynamodb' || judge(resource, {}, rules).left === undefined) return [];
  return (resource.tables ?? []).filter((table) => judgeTable(resource, table, undefined, rules).isBlind);
}

const WHYS: Readonly<Record<string, Unread['why']>> = {
  AWS_DENIED: 'denied',
  THROTTLED: 'throttled',
  AWS_UNAVAILABLE: 'failed',
};

/** Why clusters could not be listed. Throws what is not about them. */
function unreadOf(error: unknown): Unread {
  const why = error instanceof AppError ? WHYS[error.code] : undefined;
  if (!why) throw error;
  return { action: (error as AppError).details?.action ?? CLUSTERS, why };
}

const distinct = (all: readonly Unread[]): Unread[] => [
  ...new Map(all.map((each) => [`${each.action} ${each.why}`, each])).values(),
];
