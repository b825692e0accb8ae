import { AppError } from '#contract/errors.ts';
import type { Store } from '../../ports.ts';
import { ACCESS_KEY, AccessItem } from './items.ts';
import type { Table } from './table.ts';

/** Rules and narrowings: one item, so that they change all at once. */
export const accessItem = (table: Table): Pick<Store, 'access' | 'changeAccess'> => ({
  async access() {
    const item = await table.get(ACCESS_KEY);
    return item ? AccessItem.parse(item) : { rules: [], narrowings: [], revision: 0 };
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
