import { AppError } from '#contract/errors.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { DataKeys } from '#core/ports/data-keys.ts';
import { readToken } from '#core/session/cookies.ts';
import { proveUser } from '#core/session/session-token.ts';
import { NOBODY, tenantOf } from '#core/session/tenant.ts';

interface Ports {
  readonly dataKeys: DataKeys;
  readonly clock: Clock;
}

/**
 * The tenant of a request. It lets everybody through: whoever has no session gets the same answer as always, from the
 * function that was asked. Errors: those of KMS where it cannot be asked, for a session that was not looked at must not be
 * opened among those of nobody.
 */
export const nameTenant =
  ({ dataKeys, clock }: Ports) =>
  async (headers: Readonly<Record<string, string>>): Promise<string> => {
    const carried = readToken(headers);
    if (!carried) return NOBODY;
    try {
      return tenantOf(await proveUser(dataKeys, carried.token, clock()));
    } catch (error) {
      if (error instanceof AppError && error.status === 401) return NOBODY;
      throw error;
    }
  };
