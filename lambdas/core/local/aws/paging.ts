/** Pages of a list: how large one may be, and an opaque marker where the next begins. */
import { Fault, type FaultName } from './fault.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined: this was the last page. */
  readonly marker: string | undefined;
}

/** How a service's parameters of a page are called, and their bounds. */
export interface PageRules {
  readonly size: string;
  readonly marker: string;
  readonly least: number;
  readonly most: number;
  /** How large a page is unless said otherwise; left out: as large as may be. */
  readonly usual?: number;
  /** What a parameter that breaks them is refused with. */
  readonly fault: FaultName;
}

/** Between 20 and 100 records a page, 100 unless said otherwise (RDS API reference; Redshift's says the same). */
const RDS_PAGES: PageRules = {
  size: 'MaxRecords',
  marker: 'Marker',
  least: 20,
  most: 100,
  fault: 'invalidParameter',
};

/** Between 1 and 100 (API references of Redshift Serverless and of DocumentDB's elastic clusters). */
export const TOKEN_PAGES: PageRules = {
  size: 'maxResults',
  marker: 'nextToken',
  least: 1,
  most: 100,
  fault: 'invalid',
};

/** The page that the parameters ask for, of the usual size unless they say otherwise. Faults: that of the rules. */
export const page = <T>(
  all: readonly T[],
  parameters: ReadonlyMap<string, string>,
  rules: PageRules = RDS_PAGES,
): Page<T> => {
  const size = Number(parameters.get(rules.size) ?? rules.usual ?? rules.most);
  if (!Number.isInteger(size) || size < rules.least || size > rules.most) {
    throw new Fault(
      rules.fault,
      `Invalid value ${parameters.get(rules.size)} for ${rules.size}. Must be between ${rules.least} and ${rules.most}`,
    );
  }
  const start = startOf(parameters.get(rules.marker), rules);
  const end = start + size;
  return { items: all.slice(start, end), marker: end < all.length ? markerAt(end) : undefined };
};

const markerAt = (start: number): string => Buffer.from(`after:${start}`).toString('base64url');

const startOf = (marker: string | undefined, { marker: name, fault }: PageRules): number => {
  if (marker === undefined) return 0;
  const start = /^after:(\d+)$/.exec(Buffer.from(marker, 'base64url').toString())?.[1];
  if (start === undefined) throw new Fault(fault, `The parameter ${name} is not valid.`);
  return Number(start);
};
