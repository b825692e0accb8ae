import { useCallback, useEffect, useState } from 'react';
import { type AuditFilter, fromFragment, toFragment } from './audit-filter.ts';

/** The filter lives in the fragment of the URL: a reload, the way back and a link keep it. */
export function useFilter(): [AuditFilter, (filter: AuditFilter) => void] {
  const [filter, setFilter] = useState(() => fromFragment(location.hash));
  useEffect(() => {
    // Another link in the same window, or the way back.
    const read = () => setFilter(fromFragment(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const change = useCallback((next: AuditFilter) => {
    history.replaceState(history.state, '', `${location.pathname}${toFragment(next)}`);
    setFilter(next);
  }, []);
  return [filter, change];
}
