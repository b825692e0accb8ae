import { AppError } from '#contract/errors.ts';
import type { Limits } from '#contract/settings.ts';
import type { Store } from '#core/ports.ts';

/** What every statement is held to now. Errors: NOT_CLAIMED. */
export async function limitsOf(store: Pick<Store, 'instance'>): Promise<Limits> {
  const instance = await store.instance();
  if (!instance) throw new AppError('NOT_CLAIMED');
  return instance.limits;
}
