import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { User, UserChange } from '#contract/people.ts';
import type { Arrival, Clock, Store, UserRecord } from '../../ports.ts';
import { readInstance } from './instance.ts';
import { toUserRecord, userKey } from './items.ts';
import { failed, type Table } from './table.ts';

/** Every sign-in writes these. */
const KNOWN = ['arn', 'name', 'kind', 'lastSeenAt', 'alias', 'lastAddress'] as const;

/** An item for each user who has signed in. */
export function userItems(table: Table, clock: Clock): Pick<Store, 'user' | 'seen' | 'users' | 'changeUser'> {
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
      // The second write of a claim may have been lost: its item still says who the administrator is.
      const { administrator, claimedAt } = (await readInstance(table)) ?? {};
      if (administrator?.id !== id || !claimedAt) return undefined;
      return { ...administrator, role: 'administrator', firstSeenAt: claimedAt, lastSeenAt: claimedAt };
    },

    async seen(user, arrival) {
      const known = await note(user, arrival);
      if (known) return known;
      const isAdministrator = (await readInstance(table))?.administrator.id === user.id;
      return enter(user, isAdministrator ? { ...arrival, role: 'administrator' } : arrival);
    },

    async users({ text, limit, cursor }) {
      const users: UserRecord[] = [];
      let from = cursor;
      do {
        const page = await table.client
          .send(
            new QueryCommand({
              TableName: table.name,
              KeyConditionExpression: 'pk = :users',
              ExpressionAttributeValues: { ':users': userKey('').pk },
              ...(from !== undefined && { ExclusiveStartKey: userKey(from) }),
              Limit: limit,
            }),
          )
          .catch(failed);
        users.push(...(page.Items ?? []).map(toUserRecord).filter((user) => fits(user, text)));
        from = page.LastEvaluatedKey?.sk;
      } while (from !== undefined && users.length < limit);
      return { users, ...(from !== undefined && { next: from }) };
    },

    async changeUser(id, change) {
      const set = CHANGES[change.kind](change, now());
      const item = await table.update({ Key: userKey(id), ConditionExpression: 'attribute_exists(pk)', ...set });
      if (!item) throw new AppError('USER_NOT_FOUND');
      return toUserRecord(item);
    },
  };
}

const fits = ({ name, arn }: UserRecord, text = ''): boolean =>
  `${name}\n${arn}`.toLowerCase().includes(text.toLowerCase());

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

interface Update {
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/** What each change writes. Whoever is blocked is signed out, too. */
const CHANGES: { readonly [K in UserChange['kind']]: (change: UserChange, now: string) => Update } = {
  role: (change, _now) => ({
    UpdateExpression: 'SET #role = :role',
    ExpressionAttributeNames: { '#role': 'role' },
    ExpressionAttributeValues: { ':role': change.kind === 'role' ? change.role : undefined },
  }),
  'end-sessions': (_change, now) => ({
    UpdateExpression: 'SET sessionsEndedAt = :now',
    ExpressionAttributeValues: { ':now': now },
  }),
  block: (_change, now) => ({
    UpdateExpression: 'SET blockedAt = :now, sessionsEndedAt = :now',
    ExpressionAttributeValues: { ':now': now },
  }),
  unblock: () => ({ UpdateExpression: 'REMOVE blockedAt' }),
};
