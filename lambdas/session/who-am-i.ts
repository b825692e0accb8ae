import type { Handler } from '#core/http/handler.ts';
import type { Store } from '#core/ports.ts';
import { sessionView } from '#core/session/session-view.ts';

/** Who is signed in, in which role now, until when. */
export const whoAmI =
  ({ store }: { readonly store: Store }): Handler<'whoAmI'> =>
  async (_input, { session }) =>
    sessionView(session, await store.instance(), session.role);
