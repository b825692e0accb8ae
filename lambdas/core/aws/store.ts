/** The instance table: one DynamoDB table, keys `pk` and `sk`. No key, password or token is ever written to it. */
import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { User } from '#contract/people.ts';
import type { Role } from '#contract/roles.ts';
import type { Clock, Store } from '../ports.ts';
import { explainOwnError } from './aws-errors.ts';
import { INSTANCE_KEY, InstanceItem, toUserRecord, userKey } from './store-items.ts';

/** Every sign-in writes these. */
const KNOWN = 'SET arn = :arn, #name = :name, kind = :kind, lastSeenAt = :now';

export function dynamoStore(client: DynamoDBDocumentClient, table: string, clock: Clock): Store {
  const read = async (key: { pk: string; sk: string }) =>
    (await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true })).catch(failed)).Item;

  const readInstance = async (): Promise<InstanceItem | undefined> => {
    const item = await read(INSTANCE_KEY);
    return item && InstanceItem.parse(item);
  };

  /** Notes a user who has a record; undefined where there is none. */
  const note = async (user: User) => {
    const condition = { UpdateExpression: KNOWN, ConditionExpression: 'attribute_exists(pk)' };
    const answer = await client.send(new UpdateCommand({ ...update(user), ...condition })).catch(unlessRefused);
    return answer && toUserRecord(answer.Attributes);
  };

  /** Notes a user who may have none yet; a role that is there already stays. */
  const enter = async (user: User, role: Role) => {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values, ...rest } = update(user);
    const command = new UpdateCommand({
      ...rest,
      UpdateExpression: `${KNOWN}, #role = if_not_exists(#role, :role), firstSeenAt = if_not_exists(firstSeenAt, :now)`,
      ExpressionAttributeNames: { ...names, '#role': 'role' },
      ExpressionAttributeValues: { ...values, ':role': role },
    });
    return toUserRecord((await client.send(command).catch(failed)).Attributes);
  };

  const update = ({ id, arn, name, kind }: User) => ({
    TableName: table,
    Key: userKey(id),
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: { ':arn': arn, ':name': name, ':kind': kind, ':now': clock().toISOString() },
    ReturnValues: 'ALL_NEW' as const,
  });

  return {
    async instance() {
      const item = await readInstance();
      if (!item) return undefined;
      const { administrator, claim: _, ...instance } = item;
      return { ...instance, administratorArn: administrator.arn };
    },

    async claim({ name, partition, accountId, regions, claimedAt }, administrator) {
      const claim = randomUUID();
      const item: InstanceItem = { name, partition, accountId, regions: [...regions], claimedAt, administrator, claim };
      const command = new PutCommand({
        TableName: table,
        Item: { ...INSTANCE_KEY, ...item },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      const written = await client.send(command).catch(unlessRefused);
      // A retry of the SDK may meet the item that its own first attempt wrote.
      if (!written && (await readInstance())?.claim !== claim) throw new AppError('ALREADY_CLAIMED');
      await enter(administrator, 'administrator');
    },

    async user(id) {
      const item = await read(userKey(id));
      if (item) return toUserRecord(item);
      // The second write of a claim may have been lost: its item still says who the administrator is.
      const { administrator, claimedAt } = (await readInstance()) ?? {};
      if (administrator?.id !== id || !claimedAt) return undefined;
      return { ...administrator, role: 'administrator', firstSeenAt: claimedAt, lastSeenAt: claimedAt };
    },

    async seen(user, role) {
      const known = await note(user);
      if (known) return known;
      const first = (await readInstance())?.administrator.id === user.id ? 'administrator' : role;
      return enter(user, first);
    },
  };
}

const failed = (error: unknown): never => {
  throw explainOwnError(error);
};

const unlessRefused = (error: unknown): undefined => {
  if (error instanceof ConditionalCheckFailedException) return undefined;
  throw explainOwnError(error);
};
