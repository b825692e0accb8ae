import type { Store, UserRecord } from '#core/ports/store.ts';

/** Read at once, for a person waits. */
const PAGE = 10_000;

/** All users, by name. */
export async function everybody(store: Pick<Store, 'users'>): Promise<UserRecord[]> {
  const all: UserRecord[] = [];
  let cursor: string | undefined;
  do {
    const { users, next } = await store.users({ limit: PAGE, cursor });
    all.push(...users);
    cursor = next;
  } while (cursor !== undefined);
  return all;
}
