import { AppError } from '#contract/errors.ts';
import type { Instance, Store } from '#core/ports/store.ts';

/** The instance as it is now. Errors: NOT_CLAIMED. */
export async function claimedInstance(store: Pick<Store, 'instance'>): Promise<Instance> {
  const instance = await store.instance();
  if (!instance) throw new AppError('NOT_CLAIMED');
  return instance;
}
