/**
 * Discovery as a role sees it: what the rules hide is not there, and what they let it only read says so. Decided here, in
 * the functions; a page is told nothing of what it may not see.
 */
import type { Narrowing } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { clusterOf, narrowingOf, tableOf } from '#contract/patterns.ts';
import type { Resource } from '#contract/resources.ts';
import type { Role } from '#contract/roles.ts';
import type { Discovery, Found, Scope } from '../ports.ts';

/** Whom the rules are asked for. */
export interface Narrowed {
  readonly narrowings: readonly Narrowing[];
  readonly role: Role;
}

/** The calls that make a list know the tags of the clusters that its instances belong to. */
const CLUSTERS = 'rds:DescribeDBClusters';

export function narrowedDiscovery<D extends Pick<Discovery, 'find'> & Partial<Discovery>>(
  discovery: D,
  { narrowings, role }: Narrowed,
): D {
  const own = narrowings.filter((one) => one.role === role);
  if (own.length === 0) return discovery;
  const seen = (resource: Resource, clusterTags?: Resource['tags']) => narrow(resource, { own, role, clusterTags });
  const asksTags = own.some(({ where }) => where.tag);
  /** An instance of RDS that is a member of a cluster has tags of its own, and the cluster has others. */
  const isMember = ({ service, clusterId }: Resource) => asksTags && service === 'rds' && clusterId !== undefined;

  async function list(...[service, region, scope]: Parameters<Discovery['list']>): Promise<Found> {
    const found = await discovery.list?.(service, region, scope);
    if (!found) throw new AppError('INTERNAL');
    if (!found.resources.some(isMember))
      return { ...found, resources: found.resources.flatMap((each) => seen(each) ?? []) };
    const { tags, lacking } = await clusterTagsIn(region, scope);
    const resources = found.resources.flatMap((each) => {
      if (!isMember(each)) return seen(each) ?? [];
      // Of a cluster that cannot be read nobody knows whether its tags hide it.
      const known = tags.get(clusterOf(each)?.id ?? '');
      return (known && seen(each, known)) ?? [];
    });
    return { resources, lacking: [...new Set([...found.lacking, ...lacking])] };
  }

  async function clusterTagsIn(region: string, scope: Scope) {
    try {
      const clusters = await discovery.list?.('aurora', region, scope);
      return { tags: new Map(clusters?.resources.map(({ id, tags }) => [id, tags])), lacking: [] };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'AWS_DENIED') throw error;
      return { tags: new Map<string, Resource['tags']>(), lacking: [CLUSTERS] };
    }
  }

  async function find(resourceId: string, scope: Scope): Promise<Resource> {
    const resource = await discovery.find(resourceId, scope);
    const cluster = isMember(resource) ? await discovery.find(clusterOf(resource)?.id ?? '', scope) : undefined;
    const found = seen(resource, cluster?.tags);
    // In the words of one that does not exist.
    if (!found) throw new AppError('RESOURCE_NOT_FOUND');
    return found;
  }

  return { ...discovery, find, ...(discovery.list && { list }) };
}

interface Rules {
  readonly own: readonly Narrowing[];
  readonly role: Role;
  readonly clusterTags?: Resource['tags'] | undefined;
}

/** What is left of a resource; undefined: nothing. */
function narrow(resource: Resource, { own, role, clusterTags }: Rules): Resource | undefined {
  const cluster = clusterOf(resource, clusterTags);
  const effects = [resource, ...(cluster ? [cluster] : [])].map((each) => narrowingOf(own, role, each));
  if (effects.includes('hidden')) return undefined;
  const left = resource.service === 'dynamodb' ? withoutHiddenTables(resource, own, role) : resource;
  return effects.includes('read-only') ? { ...left, access: 'read-only' } : left;
}

function withoutHiddenTables(resource: Resource, own: readonly Narrowing[], role: Role): Resource {
  const { tables, ...rest } = resource;
  if (!tables) return resource;
  return { ...rest, tables: tables.filter((table) => narrowingOf(own, role, tableOf(resource, table)) !== 'hidden') };
}
