/** What could not be listed, put together by its reason: a few sentences, however many services and regions there are. */
import { SERVICES, Service, type Unread } from '#contract/resources.ts';
import type { Answered, Cell, Discovery } from './discovery.ts';

export interface Gap {
  /** `withheld`: the rest is there; some was left out, for the rules go by tags that could not be read. */
  readonly status: Exclude<Answered, 'ok'> | 'withheld';
  readonly services: readonly Service[];
  readonly regions: readonly string[];
  /** The IAM actions that are missing. */
  readonly actions: readonly string[];
  readonly message?: string;
  /** Of what is withheld: why its tags could not be read. */
  readonly why?: Unread['why'];
}

/** One gap for each reason, in the order in which they can be helped. */
export function gapsOf({ cells }: Discovery): Gap[] {
  const missing = [...cells.filter(isMissing), ...cells.flatMap(withheldOf)];
  const whole = wholeRegions(cells);
  const groups = Map.groupBy(missing, (cell) => reasonOf(cell, whole));
  return [...groups.values()]
    .map(gapOf)
    .toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
}

const ORDER: readonly Gap['status'][] = ['denied', 'withheld', 'failed', 'throttled', 'timeout', 'disabled'];

type Missing = Omit<Cell, 'status'> & Pick<Gap, 'status' | 'why'>;

/** What was not answered because all of it was cut is said once, above the list. */
const isMissing = (cell: Cell): cell is Cell & Missing => (ORDER as readonly string[]).includes(cell.status);

const withheldOf = ({ service, region, withheld = [] }: Cell): Missing[] =>
  withheld.map((unread) => ({ service, region, status: 'withheld', ...unread }));

/** What is told in one sentence. A region that is switched off is not the same as a service that it lacks. */
function reasonOf({ status, message, region, why }: Missing, whole: ReadonlySet<string>): string {
  if (status === 'failed') return `failed ${message}`;
  if (status === 'withheld') return `withheld ${why}`;
  return status === 'disabled' ? `disabled ${whole.has(region)}` : status;
}

/** Regions in which nothing at all is there. */
function wholeRegions(cells: readonly Cell[]): ReadonlySet<string> {
  const byRegion = [...Map.groupBy(cells, ({ region }) => region)];
  return new Set(
    byRegion.flatMap(([region, all]) => (all.every(({ status }) => status === 'disabled') ? [region] : [])),
  );
}

function gapOf(cells: readonly Missing[]): Gap {
  const { status = 'failed', message, why } = cells[0] ?? {};
  const services = Service.options.filter((service) => cells.some((cell) => cell.service === service));
  const distinct = (values: readonly (string | undefined)[]) => [
    ...new Set(values.filter((value) => value !== undefined)),
  ];
  return {
    status,
    services,
    regions: distinct(cells.map(({ region }) => region)),
    actions: distinct(cells.map(({ action }) => action)),
    ...(message ? { message } : {}),
    ...(why ? { why } : {}),
  };
}

interface Said {
  readonly what: string;
  readonly why: string;
  /** What to do, where pressing a button is not all. */
  readonly todo?: string;
}

const UNREAD: Record<Unread['why'], string> = {
  denied: 'your keys may not read them',
  throttled: 'AWS asked to slow down',
  failed: 'AWS did not tell them',
};

const SAYS: Record<Gap['status'], (gap: Gap) => Omit<Said, 'what'>> = {
  denied: ({ services }) => ({ why: `your keys may not list ${services.length === 1 ? 'it' : 'them'}.` }),
  withheld: ({ why = 'failed' }) => ({
    why: `some may be left out, or only read: rules of this instance go by tags, and ${UNREAD[why]}.`,
    ...(why === 'denied' ? {} : { todo: 'Ask again in a moment.' }),
  }),
  failed: ({ message }) => ({ why: message ?? 'AWS did not answer as it should.' }),
  throttled: () => ({ why: 'AWS asked to slow down.', todo: 'Wait a few seconds, then ask again.' }),
  timeout: () => ({ why: 'no answer in time.', todo: 'The others are complete. Ask again.' }),
  disabled: ({ services }) =>
    services.length === Service.options.length
      ? {
          why: 'not enabled for this account.',
          todo: 'Enable the region in AWS, or have an administrator take it off the regions of this instance.',
        }
      : { why: 'AWS does not offer this there.' },
};

/** The gap as a sentence: `RDS in 2 regions: your keys may not list it.` */
export const sayGap = (gap: Gap): Said => ({ what: subjectOf(gap), ...SAYS[gap.status](gap) });

function subjectOf({ services, regions }: Gap): string {
  const where = regions.length === 1 ? `${regions[0]}` : `${regions.length} regions`;
  if (services.length === Service.options.length) return regions.length === 1 ? where : `All services in ${where}`;
  const titles = services.map((service) => SERVICES[service].title);
  const [first, second, ...more] = titles;
  const what = more.length > 1 ? `${first}, ${second} and ${more.length} more` : titles.join(', ');
  return `${what} in ${where}`;
}
