import { type Handler, Reply } from '#core/http/handler.ts';
import { clearedCookies } from '#core/session/cookies.ts';

/** Clears the cookies, whatever is in them. Nothing else has to end: the server keeps nothing of a session. */
export const signOut = (): Handler<'signOut'> => async () => new Reply(undefined, clearedCookies());
