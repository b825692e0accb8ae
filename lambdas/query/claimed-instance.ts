import { AppError } from '#contract/errors.ts';
import type { Instance, Standing } from '#core/ports/store.ts';

/** The instance as the request found it, with what every statement is held to. Errors: NOT_CLAIMED. */
export function claimedInstance({ instance }: Pick<Standing, 'instance'>): Instance {
  if (!instance) throw new AppError('NOT_CLAIMED');
  return instance;
}
