import { useEffect, useState } from 'react';

/** The browser's clock, read again ten times a second while `running`. */
export function useTicks(running: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(performance.now()), 100);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
