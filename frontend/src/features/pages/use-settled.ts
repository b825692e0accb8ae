import { useEffect, useState } from 'react';

/** A server is asked once typing has paused. */
const PAUSE_MS = 250;

/** What a value is once it has stayed the same for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
