import type { AccessView } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import type { Store } from '../../ports/store.ts';
import { ACCESS_KEY, AccessItem } from './items.ts';
import type { Table } from './table.ts';

export const toAccess = (item: unknown): AccessView =>
  item === undefined ? { rules: [], narrowings: [], revision: 0 } : AccessItem.parse(item);

/** Rules and narrowings: one item, so that they change all at once. */
export const accessItem = (table: Table): Pick<Store, 'access' | 'changeAccess'> => ({
  async access() {
    return toAccess(await table.get(ACCESS_KEY));
  },

  async changeAccess({ rules, narrowings }, revision) {
    const item = { rules, narrowings, revision: revision + 1 };
    const written = await table.put({
      Item: { ...ACCESS_KEY, ...item },
      ConditionExpression: revision === 0 ? 'attribute_not_exists(pk)' : 'revision = :seen',
      ...(revision > 0 && { ExpressionAttributeValues: { ':seen': revision } }),
    });
    if (!written) throw new AppError('CHANGED_MEANWHILE');
    return item;
  },
});
