import { changesBetween } from '#core/audit/changes.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handler } from '#core/http/handler.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Instance, Store } from '#core/ports/store.ts';
import { type ClaimSettings, refuseOtherClaimants, refuseRoot, splitUserId } from '#core/session/account.ts';
import { sessionView } from '#core/session/session-view.ts';

interface ClaimPorts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
}

/**
 * Binds the instance to the account of whoever is first, and makes them its administrator. Errors: ACCOUNT_REFUSED,
 * ROOT_REFUSED, ALREADY_CLAIMED.
 */
export const claimInstance =
  ({ store, audit, clock }: ClaimPorts, settings: ClaimSettings): Handler<'claim'> =>
  async ({ body }, context) => {
    const { session } = context;
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
    const change = `claimed for the account ${accountId}: ${changesBetween({}, body)}`;
    const deed = { ...deedOf('claim', context), change };
    await recorded({ audit, instance }, deed, async () => {
      refuseRoot(session.user, settings);
      refuseOtherClaimants(session.user, settings);
      await store.claim(instance, session.user);
    });
    return sessionView(session, instance, 'administrator');
  };
