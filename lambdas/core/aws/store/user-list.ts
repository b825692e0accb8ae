import type { Store } from '../../ports/store.ts';
import { type Place, pageByName, placeOf } from './by-name.ts';
import { toUserRecord, userKey } from './items.ts';
import { type Item, partition } from './partition.ts';
import type { Table } from './table.ts';

/**
 * Users by name. All of them are read for each page, for nothing in the table is in that order: ten thousand are some four
 * megabytes, and the page says more than one by ids would.
 */
export const userList = (table: Table): Pick<Store, 'users'> => ({
  async users({ text = '', ...page }) {
    const sought = text.toLowerCase();
    const found: { readonly item: Item; readonly place: Place }[] = [];
    for await (const items of partition(table, userKey('').pk))
      for (const item of items) {
        const place = placeOf(item.name, item.sk);
        const fits = place[0].includes(sought) || String(item.arn).toLowerCase().includes(sought);
        if (fits) found.push({ item, place });
      }
    const { items, ...more } = pageByName(found, page);
    return { users: items.map(toUserRecord), ...more };
  },
});
