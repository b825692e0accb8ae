import type { Store } from '../../ports/store.ts';
import { toAccess } from './access.ts';
import { toInstance } from './instance.ts';
import { ACCESS_KEY, INSTANCE_KEY, InstanceItem, toUserRecord, userKey } from './items.ts';
import type { Table } from './table.ts';
import { firstAdministrator } from './users.ts';

/** What every request asks first, in one call: three of them, one after the other, were half of what a short request took. */
export const standingItems = (table: Table): Pick<Store, 'standing'> => ({
  async standing(userId) {
    const [user, instance, access] = await table.getAll([userKey(userId), INSTANCE_KEY, ACCESS_KEY]);
    const claimed = instance && InstanceItem.parse(instance);
    return {
      user: user ? toUserRecord(user) : firstAdministrator(claimed, userId),
      instance: claimed && toInstance(claimed),
      access: toAccess(access),
    };
  },
});
