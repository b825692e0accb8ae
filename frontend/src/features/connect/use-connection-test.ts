import { useEffect, useRef, useState } from 'react';
import type { ConnectRequest } from '../workbench/connection-book.ts';
import { type ConnectionTest, startTest, testConnection } from './connection-test.ts';

/** One test at a time; it ends with the form. */
export function useConnectionTest() {
  const [test, setTest] = useState<ConnectionTest>();
  const running = useRef<AbortController>(undefined);
  const stop = () => {
    running.current?.abort();
    setTest((now) => (now?.state === 'running' ? undefined : now));
  };
  useEffect(() => () => running.current?.abort(), []);
  function begin(request: ConnectRequest) {
    running.current?.abort();
    running.current = new AbortController();
    const { signal } = running.current;
    setTest(startTest());
    void testConnection(request, (next) => setTest((now) => (signal.aborted || !now ? now : next(now))), signal);
  }
  return { test, begin, stop };
}
