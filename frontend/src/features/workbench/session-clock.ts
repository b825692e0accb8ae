/** How long a session still lasts, and when to say so. */

/** A warning is due when so much is left. */
export const WARN_MS = 5 * 60_000;

export type SessionState = 'fine' | 'ending' | 'ended';

/** What is left, in whole minutes: never none, as long as there is time. */
export function sessionClock(expiresAt: string, now: number): { state: SessionState; text: string } {
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return { state: 'ended', text: 'Session ended' };
  const minutes = Math.max(1, Math.round(left / 60_000));
  const text = minutes >= 120 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min left` : `${minutes} min left`;
  return { state: left <= WARN_MS ? 'ending' : 'fine', text };
}
