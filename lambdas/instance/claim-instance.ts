import type { Handler } from '#core/http/handler.ts';
import type { Clock, Instance, Store } from '#core/ports.ts';
import { type ClaimSettings, refuseOtherClaimants, refuseRoot, splitUserId } from '#core/session/account.ts';
import { sessionView } from '#core/session/session-view.ts';

/**
 * Binds the instance to the account of whoever is first, and makes them its administrator. Errors: ACCOUNT_REFUSED,
 * ROOT_REFUSED, ALREADY_CLAIMED.
 */
export const claimInstance =
  ({ store, clock }: { readonly store: Store; readonly clock: Clock }, settings: ClaimSettings): Handler<'claim'> =>
  async ({ body }, { session }) => {
    refuseRoot(session.user, settings);
    refuseOtherClaimants(session.user, settings);
    const { partition, accountId } = splitUserId(session.user.id);
    const instance: Instance = {
      ...body,
      regions: [...new Set(body.regions)],
      partition,
      accountId,
      administratorArn: session.user.arn,
      claimedAt: clock().toISOString(),
      revision: 1,
    };
    await store.claim(instance, session.user);
    return sessionView(session, instance, 'administrator');
  };
