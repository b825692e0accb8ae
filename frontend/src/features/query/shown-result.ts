/** Which of a run's tabs is in front: the one that was picked, else the one that matters most. */
import type { RunState } from './run-state.ts';

/** The id of a result, or the messages. */
export type ResultTab = number | 'messages';

export function shownTab(state: RunState, picked: ResultTab | undefined): ResultTab {
  if (picked === 'messages' || (picked !== undefined && state.results.some(({ id }) => id === picked))) return picked;
  const [first] = state.results;
  // An error is what must be read, wherever it came; what was cut or cancelled is worth looking at where something came.
  if (!first || state.phase === 'failed') return 'messages';
  if ((state.phase === 'cut' || state.phase === 'cancelled') && state.rows === 0) return 'messages';
  return first.id;
}
