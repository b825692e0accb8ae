/** Pages of items in the order of their names, where nothing in the table is in that order. */
import { Buffer } from 'node:buffer';
import * as z from 'zod';
import { AppError } from '#contract/errors.ts';

/** Where an item stands in such a list: its name without capitals, and its id. */
const Place = z.tuple([z.string(), z.string()]);
export type Place = z.infer<typeof Place>;

export const placeOf = (name: unknown, id: string): Place => [String(name).toLowerCase(), id];

/**
 * The page after `cursor`, of all that were found, and where to go on where there are more. Errors: INPUT_INVALID where the
 * cursor is none of ours.
 */
export function pageByName<T>(
  found: readonly { readonly item: T; readonly place: Place }[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: T[]; next?: string } {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const left = after ? found.filter(({ place }) => compare(place, after) > 0) : found;
  const page = left.toSorted((a, b) => compare(a.place, b.place)).slice(0, limit);
  const last = left.length > page.length ? page.at(-1) : undefined;
  return { items: page.map(({ item }) => item), ...(last && { next: writeCursor(last.place) }) };
}

const compare = (a: Place, b: Place): number => order(a[0], b[0]) || order(a[1], b[1]);

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Says where to go on, and nothing else: whoever makes one up sees what they may see anyway. */
function readCursor(cursor: string): Place {
  try {
    const place = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (writeCursor(place) === cursor) return place;
  } catch {}
  throw new AppError('INPUT_INVALID', {
    details: { fields: [{ path: 'body.cursor', message: 'is none that this list has given' }] },
  });
}
