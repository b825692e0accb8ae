import { useCallback, useEffect, useState } from 'react';
import { fromFragment, toFragment, type View } from './view.ts';

/** The view that the URL names, and the way to another: the way back leads here. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useState(() => fromFragment(location.hash));
  useEffect(() => {
    const read = () => setView(fromFragment(location.hash));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const go = useCallback((next: View) => {
    history.pushState(null, '', `${location.pathname}${toFragment(next)}`);
    setView(next);
  }, []);
  return [view, go];
}
