/** Pages of the RDS query protocol: `MaxRecords` and an opaque `Marker`. */
import { Fault } from './fault.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined: this was the last page. */
  readonly marker: string | undefined;
}

/** Between 20 and 100 records a page, 100 unless said otherwise (RDS API reference). Faults: invalidParameter. */
export const page = <T>(all: readonly T[], parameters: ReadonlyMap<string, string>): Page<T> => {
  const size = Number(parameters.get('MaxRecords') ?? 100);
  if (!Number.isInteger(size) || size < 20 || size > 100) {
    throw new Fault(
      'invalidParameter',
      `Invalid value ${parameters.get('MaxRecords')} for MaxRecords. Must be between 20 and 100`,
    );
  }
  const start = startOf(parameters.get('Marker'));
  const end = start + size;
  return { items: all.slice(start, end), marker: end < all.length ? markerAt(end) : undefined };
};

const markerAt = (start: number): string => Buffer.from(`after:${start}`).toString('base64url');

const startOf = (marker: string | undefined): number => {
  if (marker === undefined) return 0;
  const start = /^after:(\d+)$/.exec(Buffer.from(marker, 'base64url').toString())?.[1];
  if (start === undefined) throw new Fault('invalidParameter', 'The parameter Marker is not valid.');
  return Number(start);
};
