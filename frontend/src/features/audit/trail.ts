/** The record, or one's own part of it, as a list that is read page by page. */
import type { AuditEntry, AuditSearch } from '#contract/audit.ts';
import { openPaged, type Paged } from '../pages/paged.ts';
import { readTrail, type TrailReading } from './read-trail.ts';

/** So many a page: they are shown as they come, and ten thousand are read in twenty calls. */
export const PAGE = 500;

export interface Trail {
  readonly list: Paged<AuditEntry>;
  /** Begins anew, with another search. */
  search(search: AuditSearch): void;
}

export function openTrail(route: TrailReading['route']): Trail {
  let asked: AuditSearch = { limit: PAGE };
  const list = openPaged<AuditEntry>({
    read: (cursor, tell, signal) => readTrail({ route, search: { ...asked, ...(cursor && { cursor }) }, tell, signal }),
    keyOf: ({ id }) => id,
  });
  return {
    list,
    search(search) {
      asked = search;
      list.begin();
    },
  };
}
