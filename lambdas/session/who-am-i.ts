import type { Handler } from '#core/http/handler.ts';
import { sessionView } from '#core/session/session-view.ts';

/** Who is signed in, in which role now, until when. */
export const whoAmI =
  (): Handler<'whoAmI'> =>
  async (_input, { session, standing }) =>
    sessionView(session, standing.instance, session.role);
