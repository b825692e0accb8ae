import { useEffect } from 'react';

/** A run writes its progress every few seconds; nobody sees more by asking more often. */
const EVERY_MS = 3_000;

/** Looks again and again, one look at a time, while the page is looked at. Returns what ends it. */
export function renewing(renew: () => Promise<void>, isSeen: () => boolean): () => void {
  let asking = false;
  const timer = setInterval(() => {
    if (asking || !isSeen()) return;
    asking = true;
    void renew().finally(() => {
      asking = false;
    });
  }, EVERY_MS);
  return () => clearInterval(timer);
}

/** The same while there is something to see. */
export function useRenewal(needed: boolean, renew: () => Promise<void>): void {
  useEffect(
    () => (needed ? renewing(renew, () => document.visibilityState === 'visible') : undefined),
    [needed, renew],
  );
}
