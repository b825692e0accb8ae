import { AppError } from '#contract/errors.ts';
import type { User } from '#contract/people.ts';
import { ANY_ACCOUNT, ENV, type Environment } from '../env.ts';
import type { Instance } from '../ports/store.ts';

/** Who may claim an instance that is nobody's yet. */
export type ClaimSettings = Pick<Environment, typeof ENV.accountId | typeof ENV.allowRoot>;

/** The parts of a user's id, `partition:account:UserId`; the UserId itself may hold colons. */
export function splitUserId(id: string): { partition: string; accountId: string } {
  const [partition = '', accountId = ''] = id.split(':');
  return { partition, accountId };
}

/** Errors: ACCOUNT_REFUSED. It names no account: whoever has none of its keys learns nothing of the instance. */
export function refuseForeignAccount(
  userId: string,
  bound: Pick<Instance, 'accountId'> & { partition?: string },
): void {
  const { partition, accountId } = splitUserId(userId);
  if (accountId === bound.accountId && (bound.partition === undefined || bound.partition === partition)) return;
  throw new AppError('ACCOUNT_REFUSED');
}

/** Asked at sign-in and in the claim itself: a session may have been sealed under other settings. Errors: ROOT_REFUSED. */
export function refuseRoot({ kind }: Pick<User, 'kind'>, settings: Pick<Environment, typeof ENV.allowRoot>): void {
  if (kind === 'root' && !settings[ENV.allowRoot]) throw new AppError('ROOT_REFUSED');
}

/** Whoever may not claim does not come in before the claim either. Without an account set, nobody may. Errors: ACCOUNT_REFUSED. */
export function refuseOtherClaimants(
  { id }: Pick<User, 'id'>,
  settings: Pick<Environment, typeof ENV.accountId>,
): void {
  const accountId = settings[ENV.accountId];
  if (accountId !== ANY_ACCOUNT) refuseForeignAccount(id, { accountId });
}
