import { AppError } from '#contract/errors.ts';
import type { Limits } from '#contract/settings.ts';
import type { Instance, Store } from '#core/ports.ts';

/** The instance as it is now. Errors: NOT_CLAIMED. */
export async function claimedInstance(store: Pick<Store, 'instance'>): Promise<Instance> {
  const instance = await store.instance();
  if (!instance) throw new AppError('NOT_CLAIMED');
  return instance;
}

/** What every statement is held to now. Errors: NOT_CLAIMED. */
export const limitsOf = async (store: Pick<Store, 'instance'>): Promise<Limits> =>
  (await claimedInstance(store)).limits;
