import { useEffect, useState } from 'react';
import { useStore } from '../../app/store.ts';
import type { Revised, RevisedState } from './revised.ts';
import { changedFields } from './revision.ts';

/** Opens a form for as long as its page is shown, and reads it. Whoever closes the window over changes is asked first. */
export function useRevised<F extends object, V>(open: () => Revised<F, V>): [Revised<F, V>, RevisedState<F, V>] {
  const [revised] = useState(open);
  const state = useStore(revised.state);
  useEffect(() => {
    void revised.load();
    const ask = (event: BeforeUnloadEvent) => {
      const { now } = revised.state.get();
      if (now && changedFields(now).length > 0) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [revised]);
  return [revised, state];
}
