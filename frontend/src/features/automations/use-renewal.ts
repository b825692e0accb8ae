import { useEffect } from 'react';

/** A run writes its progress every few seconds; nobody sees more by asking more often. */
const EVERY_MS = 3_000;

/** Looks again every three seconds, while there is something to see and the page is looked at. */
export function useRenewal(needed: boolean, renew: () => Promise<void>): void {
  useEffect(() => {
    if (!needed) return;
    let asking = false;
    const timer = setInterval(() => {
      if (asking || document.visibilityState !== 'visible') return;
      asking = true;
      void renew().finally(() => {
        asking = false;
      });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [needed, renew]);
}
