/** Where the page is, by its path: the workbench at `/`, a page beside it at a path of its own. */
import { createStore, type Store } from '../../app/store.ts';

export interface Place extends Pick<Store<string>, 'get' | 'subscribe'> {
  /** Goes there, as a link does: the way back leads here. */
  go(path: string, fragment?: string): void;
}

/** Follows the way back and forth of a window; without one it begins at the workbench. */
export function openPlace(around: Window | undefined = globalThis.window): Place {
  const path = createStore(around?.location.pathname ?? '/');
  // As long as the window: there is one desk in it at a time, and an old one has nobody who looks.
  around?.addEventListener('popstate', () => path.set(around.location.pathname));
  return {
    get: path.get,
    subscribe: path.subscribe,
    go(to, fragment = '') {
      if (to !== path.get() || fragment) around?.history.pushState(null, '', `${to}${fragment}`);
      path.set(to);
    },
  };
}
