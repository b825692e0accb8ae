import type { Handlers } from '#core/http/handler.ts';
import type { Store } from '#core/ports.ts';

export interface UsersPorts {
  readonly store: Store;
}

/** Who has signed in, and what they may do. */
export const users = ({ store }: UsersPorts): Handlers<'users'> => ({
  users: async ({ body }) => store.users(body),
  changeUser: async ({ body }) => store.changeUser(body.id, body.change),
});
