import type { Handler } from '#core/http/handler.ts';
import type { Store } from '#core/ports/store.ts';
import { instanceState } from '#core/session/session-view.ts';

/** Whether the instance is claimed, and its name: all that somebody who is not signed in may know. */
export const readInstance =
  ({ store }: { readonly store: Store }): Handler<'instance'> =>
  async () =>
    instanceState(await store.instance());
