/** Resources in the order in which they are listed: by service and region, members below their clusters. */
import { type Resource, SERVICES, type Service } from '#contract/resources.ts';

export interface Place {
  readonly service: Service;
  readonly region: string;
  /** In the order of the list; without those that stand below another. */
  readonly resources: readonly Resource[];
  /** The instances of each cluster of the whole list. */
  readonly members: ReadonlyMap<Resource, readonly Resource[]>;
}

/** A list is arranged once for all who show it. */
const ARRANGED = new WeakMap<readonly Resource[], readonly Place[]>();

export function arrange(resources: readonly Resource[]): readonly Place[] {
  const known = ARRANGED.get(resources);
  if (known) return known;
  const places = inPlaces(resources);
  ARRANGED.set(resources, places);
  return places;
}

/** Services whose resources have members that the RDS service lists. */
const CLUSTERS: readonly Service[] = ['aurora', 'documentdb'];

function inPlaces(resources: readonly Resource[]): Place[] {
  const clusters = new Map(
    resources.filter(({ service }) => CLUSTERS.includes(service)).map((one) => [clusterKey(one.region, one.name), one]),
  );
  const members = new Map<Resource, Resource[]>();
  const top: Resource[] = [];
  for (const resource of resources) {
    const { clusterId, region } = resource;
    const cluster = clusterId === undefined ? undefined : clusters.get(clusterKey(region, clusterId));
    const inside = cluster ? (members.get(cluster) ?? []) : top;
    inside.push(resource);
    if (cluster) members.set(cluster, inside);
  }
  const groups = Map.groupBy(top, ({ service, region }) => `${service} ${region}`);
  return [...groups.values()]
    .flatMap((group): Place[] => {
      const [first] = group;
      return first ? [{ service: first.service, region: first.region, resources: group, members }] : [];
    })
    .toSorted(byPlace);
}

const clusterKey = (region: string, name: string): string => `${region} ${name}`;

const SERVICE_ORDER = Object.keys(SERVICES);
const byPlace = (one: Place, other: Place): number =>
  SERVICE_ORDER.indexOf(one.service) - SERVICE_ORDER.indexOf(other.service) || one.region.localeCompare(other.region);
