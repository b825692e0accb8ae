import { AppError } from '#contract/errors.ts';
import type { Instance } from '../ports.ts';

/** The parts of a user's id, `partition:account:UserId`; the UserId itself may hold colons. */
export function splitUserId(id: string): { partition: string; accountId: string } {
  const [partition = '', accountId = ''] = id.split(':');
  return { partition, accountId };
}

/** Errors: ACCOUNT_REFUSED, naming the account that the instance is bound to. */
export function refuseForeignAccount(
  userId: string,
  bound: Pick<Instance, 'accountId'> & { partition?: string },
): void {
  const { partition, accountId } = splitUserId(userId);
  if (accountId === bound.accountId && (bound.partition === undefined || bound.partition === partition)) return;
  throw new AppError('ACCOUNT_REFUSED', {
    message: `This instance serves the AWS account ${bound.accountId}. Sign in with keys of that account.`,
  });
}
