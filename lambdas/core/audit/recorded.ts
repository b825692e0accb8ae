import type { Audit, Deed, DeedEnd } from '../ports/audit.ts';
import type { Instance } from '../ports/store.ts';
import { keptAs } from './deed.ts';
import { outcomeOf } from './outcome.ts';

/** What becomes known while a deed is done. */
export type Note = (known: Partial<Omit<DeedEnd, 'outcome' | 'code'>>) => void;

interface Recording {
  readonly audit: Audit;
  /** Says how long records are kept. Absent before the claim. */
  readonly instance: Instance | undefined;
  /** Whose abort cuts the deed, where it listens to one. */
  readonly signal?: AbortSignal;
}

/**
 * Does something between the two writes of its record: before the first nothing is done, and the second says how it ended.
 * Errors: AUDIT_FAILED, and those of the deed.
 */
export async function recorded<T>(
  { audit, instance, signal }: Recording,
  deed: Deed,
  act: (note: Note) => Promise<T>,
): Promise<T> {
  const { days } = keptAs(instance);
  const { end } = await audit.begin(deed, days);
  let known: Parameters<Note>[0] = {};
  const note: Note = (more) => {
    known = { ...known, ...more };
  };
  try {
    const result = await act(note);
    await end({ ...known, outcome: 'succeeded' });
    return result;
  } catch (error) {
    await end({ ...known, ...outcomeOf(error, signal) });
    throw error;
  }
}
