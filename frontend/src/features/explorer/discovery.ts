/** Discovery as it goes on: which service has answered in which region, what was found, and how it ended. */
import { type Resource, type ResourcesRecord, SERVICES, type Service, type Unread } from '#contract/resources.ts';
import type { ApiError } from '../../api.ts';

export type Answered = Extract<ResourcesRecord, { type: 'resources' }>['status'];
type CellStatus = Answered | 'waiting' | 'cut';

export interface Cell {
  readonly service: Service;
  readonly region: string;
  readonly status: CellStatus;
  readonly action?: string;
  readonly message?: string;
  /** Why some of what is there was left out. */
  readonly withheld?: readonly Unread[];
}

export interface Discovery {
  readonly state: 'running' | 'complete' | 'cut' | 'failed';
  readonly cells: readonly Cell[];
  /** Those of one service in one region stand together, in the order of their names. */
  readonly resources: readonly Resource[];
  readonly error?: ApiError | Error;
}

/** Before the first look. */
export const NOTHING_FOUND: Discovery = { state: 'running', cells: [], resources: [] };

/** A first look, or a look at some regions again: what was known of those stays in sight until it is answered anew. */
export function startDiscovery(regions: readonly string[], before?: Discovery): Discovery {
  const services = Object.keys(SERVICES) as Service[];
  const asked = regions.flatMap((region) => services.map((service): Cell => ({ service, region, status: 'waiting' })));
  const others = (before?.cells ?? []).filter((cell) => !regions.includes(cell.region));
  return { state: 'running', cells: [...others, ...asked], resources: before?.resources ?? [] };
}

/** Who answered with it: the members of a cluster of any service are what RDS lists. */
const listedBy = ({ service, clusterId }: Resource): Service => (clusterId === undefined ? service : 'rds');

/** Takes one record in. */
export function receive(discovery: Discovery, record: ResourcesRecord): Discovery {
  if (record.type === 'heartbeat') return discovery;
  if (record.type === 'end') return endDiscovery({ ...discovery, state: 'complete' });
  if (record.type === 'error') return failDiscovery(discovery, Object.assign(new Error(record.error.message)));
  const { service, region, status, action, message } = record;
  const isSame = (one: { service: string; region: string }) => one.service === service && one.region === region;
  const known = discovery.cells.some(isSame);
  const cell: Cell = {
    ...{ service, region, status },
    ...(action ? { action } : {}),
    ...(message ? { message } : {}),
    ...(record.withheld ? { withheld: record.withheld } : {}),
  };
  const cells = known ? discovery.cells.map((one) => (isSame(one) ? cell : one)) : [...discovery.cells, cell];
  // A failed answer says nothing about what is there: what was seen before stays.
  const others =
    status === 'failed' || status === 'throttled' || status === 'timeout'
      ? discovery.resources
      : discovery.resources.filter((one) => !isSame({ service: listedBy(one), region: one.region }));
  return { ...discovery, cells, resources: [...others, ...record.resources] };
}

/** The stream is over. One that did not say so was cut: what had not been answered stays open, and is shown as such. */
export function endDiscovery(discovery: Discovery): Discovery {
  if (discovery.state === 'failed') return discovery;
  const state = discovery.state === 'complete' ? 'complete' : 'cut';
  return { ...discovery, state, cells: closeCells(discovery.cells) };
}

export const failDiscovery = (discovery: Discovery, error: ApiError | Error): Discovery => ({
  ...discovery,
  state: 'failed',
  error,
  cells: closeCells(discovery.cells),
});

const closeCells = (cells: readonly Cell[]): Cell[] =>
  cells.map((cell) => (cell.status === 'waiting' ? { ...cell, status: 'cut' } : cell));
