import { randomUUID } from 'node:crypto';
import { AppError } from '#contract/errors.ts';
import type { Instance, Store } from '../../ports/store.ts';
import type { Administrators } from './administrators.ts';
import { INSTANCE_KEY, InstanceItem } from './items.ts';
import type { Table } from './table.ts';

/** The instance's own item. */
export const instanceItem = (
  table: Table,
  users: Pick<Store, 'seen'>,
  administrators: Pick<Administrators, 'begin'>,
): Pick<Store, 'instance' | 'claim' | 'changeSettings'> => ({
  async instance() {
    const item = await readInstance(table);
    return item && toInstance(item);
  },

  async claim({ administratorArn: _, ...instance }, administrator) {
    const claim = randomUUID();
    const item: InstanceItem = { ...instance, administrator, claim };
    const written = await table.put({
      Item: { ...INSTANCE_KEY, ...item },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    // A retry of the SDK may meet the item that its own first attempt wrote.
    if (!written && (await readInstance(table))?.claim !== claim) throw new AppError('ALREADY_CLAIMED');
    await users.seen(administrator, { role: 'administrator' });
    await administrators.begin(administrator.id);
  },

  async changeSettings(settings, revision) {
    const names = Object.keys(settings);
    const changed = await table.update({
      Key: INSTANCE_KEY,
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, revision = :next`,
      // An instance that was claimed before there were settings has no revision yet.
      ConditionExpression:
        'attribute_exists(pk) AND (revision = :seen OR (attribute_not_exists(revision) AND :seen = :first))',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`:${name}`, value])),
        ':seen': revision,
        ':next': revision + 1,
        ':first': 1,
      },
    });
    if (!changed) throw new AppError('CHANGED_MEANWHILE');
    return toInstance(InstanceItem.parse(changed));
  },
});

/** Undefined before the claim. */
export async function readInstance(table: Table): Promise<InstanceItem | undefined> {
  const item = await table.get(INSTANCE_KEY);
  return item && InstanceItem.parse(item);
}

export function toInstance({ administrator, claim: _, ...instance }: InstanceItem): Instance {
  return { ...instance, administratorArn: administrator.arn };
}
