/** A window on which three panes do not fit side by side; the same width stands in workbench.module.css. */
const QUERY = '(max-width: 820px)';

export const isNarrow = (): boolean => matchMedia(QUERY).matches;

export function onNarrow(listener: () => void): () => void {
  const query = matchMedia(QUERY);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
