/** Everybody who has signed in, read page by page, and what is done to them. */
import type { KnownUser, UserChange } from '#contract/people.ts';
import { call } from '../../api.ts';
import { createStore, type Store } from '../../app/store.ts';
import { openPaged, type Paged } from '../pages/paged.ts';

/** So many a page, the most that the route gives: the server reads all of them for each page. */
const PAGE = 500;

export interface Users {
  readonly list: Paged<KnownUser>;
  /** Whose change is on its way. */
  readonly busy: Store<ReadonlySet<string>>;
  /** Why a change was refused, by the id of the user. */
  readonly refusals: Store<ReadonlyMap<string, unknown>>;
  search(text: string): void;
  /** Resolves with the user as it is then; undefined where it was refused, which stands at its row. */
  change(user: KnownUser, change: UserChange): Promise<KnownUser | undefined>;
  dismiss(id: string): void;
}

export function openUsers(): Users {
  let text = '';
  const list = openPaged<KnownUser>({
    async read(cursor, tell, signal) {
      const { users, next } = await call(
        'users',
        { body: { limit: PAGE, ...(text && { text }), ...(cursor && { cursor }) } },
        signal,
      );
      tell({ rows: users });
      return next;
    },
    keyOf: ({ id }) => id,
  });
  const busy = createStore<ReadonlySet<string>>(new Set());
  const refusals = createStore<ReadonlyMap<string, unknown>>(new Map());
  const dismiss = (id: string) => refusals.set((now) => new Map([...now].filter(([key]) => key !== id)));
  return {
    list,
    busy,
    refusals,
    dismiss,
    search(next) {
      text = next.trim();
      list.begin();
    },
    async change({ id }, change) {
      if (busy.get().has(id)) return undefined;
      busy.set((now) => new Set([...now, id]));
      dismiss(id);
      try {
        const user = await call('changeUser', { body: { id, change } });
        list.put(user);
        return user;
      } catch (refusal) {
        refusals.set((now) => new Map([...now, [id, refusal]]));
        return undefined;
      } finally {
        busy.set((now) => new Set([...now].filter((one) => one !== id)));
      }
    },
  };
}
