import type { User } from '#contract/people.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Arrival, Store, UserRecord } from '../../ports/store.ts';
import { readInstance } from './instance.ts';
import { type InstanceItem, toUserRecord, userKey } from './items.ts';
import type { Table } from './table.ts';

/** Every sign-in writes these. */
const KNOWN = ['arn', 'name', 'kind', 'lastSeenAt', 'alias', 'lastAddress'] as const;

/** An item for each user who has signed in. */
export function userItems(table: Table, clock: Clock): Pick<Store, 'user' | 'seen'> {
  const now = () => clock().toISOString();

  /** Notes a user who has a record; undefined where there is none. */
  const note = async (user: User, arrival: Arrival): Promise<UserRecord | undefined> => {
    const update = arriving(user, arrival, now());
    const item = await table.update({ ...update, ConditionExpression: 'attribute_exists(pk)' });
    return item && toUserRecord(item);
  };

  /** Notes a user who may have no record yet. What is there already stays. */
  const enter = async (user: User, arrival: Arrival): Promise<UserRecord> => {
    const update = arriving(user, arrival, now());
    const item = await table.update({
      ...update,
      UpdateExpression: `${update.UpdateExpression}, #role = if_not_exists(#role, :role), firstSeenAt = if_not_exists(firstSeenAt, :lastSeenAt)`,
      ExpressionAttributeNames: { ...update.ExpressionAttributeNames, '#role': 'role' },
      ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':role': arrival.role },
    });
    return toUserRecord(item);
  };

  return {
    async user(id) {
      const item = await table.get(userKey(id));
      if (item) return toUserRecord(item);
      return firstAdministrator(await readInstance(table), id);
    },

    async seen(user, arrival) {
      const known = await note(user, arrival);
      if (known) return known;
      const isAdministrator = (await readInstance(table))?.administrator.id === user.id;
      return enter(user, isAdministrator ? { ...arrival, role: 'administrator' } : arrival);
    },
  };
}

/** The second write of a claim may have been lost: its item still says who the administrator is. */
export function firstAdministrator(claimed: InstanceItem | undefined, id: string): UserRecord | undefined {
  const { administrator, claimedAt } = claimed ?? {};
  if (administrator?.id !== id || !claimedAt) return undefined;
  return { ...administrator, role: 'administrator', firstSeenAt: claimedAt, lastSeenAt: claimedAt };
}

function arriving(user: User, { alias, address }: Arrival, now: string) {
  const values: Record<string, unknown> = { ...user, lastSeenAt: now, alias, lastAddress: address };
  const given = KNOWN.filter((name) => values[name] !== undefined);
  return {
    Key: userKey(user.id),
    UpdateExpression: `SET ${given.map((name) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(given.map((name) => [`#${name}`, name])) as Record<string, string>,
    ExpressionAttributeValues: Object.fromEntries(given.map((name) => [`:${name}`, values[name]])),
  };
}
