/** What the page shows first: decided by two answers of the API, and nothing else. */
import type { InstanceState, SessionView } from '#contract/people.ts';
import { ApiError, call } from '../api.ts';

export type Screen =
  | { readonly kind: 'sign-in'; readonly instance: InstanceState }
  | { readonly kind: 'claim'; readonly session: SessionView }
  | { readonly kind: 'workbench'; readonly session: SessionView };

/** A session of an instance that nobody has claimed leads to the claim; every other one to the workbench. */
export const screenOf = (session: SessionView): Screen =>
  session.instance.claimed ? { kind: 'workbench', session } : { kind: 'claim', session };

/** Asks both at once. Not being signed in is an answer, not an error. */
export async function loadScreen(): Promise<Screen> {
  const session = call('whoAmI', {}).catch((error: unknown) => {
    if (error instanceof ApiError && error.code.startsWith('SESSION_')) return undefined;
    throw error;
  });
  const [instance, known] = await Promise.all([call('instance', {}), session]);
  return known ? screenOf(known) : { kind: 'sign-in', instance };
}
