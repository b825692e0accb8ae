/** The instance table: one DynamoDB table, keys `pk` and `sk`. No key, password or token is ever written to it. */
import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { User } from '#contract/people.ts';
import type { Role } from '#contract/roles.ts';
import type { Clock, Instance, Store, UserRecord } from '../ports.ts';
import { explainOwnError } from './aws-errors.ts';
import { INSTANCE_KEY, InstanceItem, toUserRecord, userKey } from './store-items.ts';

/** Every sign-in writes these. */
const KNOWN = 'SET arn = :arn, #name = :name, kind = :kind, lastSeenAt = :now';
/** A first one these too; what is there already stays. */
const FIRST = `${KNOWN}, #role = if_not_exists(#role, :role), firstSeenAt = if_not_exists(firstSeenAt, :now)`;

export class DynamoStore implements Store {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #clock: Clock;

  constructor(client: DynamoDBDocumentClient, table: string, clock: Clock) {
    this.#client = client;
    this.#table = table;
    this.#clock = clock;
  }

  async instance(): Promise<Instance | undefined> {
    const item = await this.#readInstance();
    if (!item) return undefined;
    const { administrator, claim: _, ...instance } = item;
    return { ...instance, administratorArn: administrator.arn };
  }

  async claim({ administratorArn: _, regions, ...instance }: Instance, administrator: User): Promise<void> {
    const claim = randomUUID();
    const item: InstanceItem = { ...instance, regions: [...regions], administrator, claim };
    const command = new PutCommand({
      TableName: this.#table,
      Item: { ...INSTANCE_KEY, ...item },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    const written = await this.#client.send(command).catch(unlessRefused);
    // A retry of the SDK may meet the item that its own first attempt wrote.
    if (!written && (await this.#readInstance())?.claim !== claim) throw new AppError('ALREADY_CLAIMED');
    await this.#enter(administrator, 'administrator');
  }

  async user(id: string): Promise<UserRecord | undefined> {
    const item = await this.#read(userKey(id));
    if (item) return toUserRecord(item);
    // The second write of a claim may have been lost: its item still says who the administrator is.
    const { administrator, claimedAt } = (await this.#readInstance()) ?? {};
    if (administrator?.id !== id || !claimedAt) return undefined;
    return { ...administrator, role: 'administrator', firstSeenAt: claimedAt, lastSeenAt: claimedAt };
  }

  async seen(user: User, role: Role): Promise<UserRecord> {
    const known = await this.#note(user);
    if (known) return known;
    const isAdministrator = (await this.#readInstance())?.administrator.id === user.id;
    return this.#enter(user, isAdministrator ? 'administrator' : role);
  }

  async #read(key: { pk: string; sk: string }) {
    const command = new GetCommand({ TableName: this.#table, Key: key, ConsistentRead: true });
    return (await this.#client.send(command).catch(failed)).Item;
  }

  async #readInstance(): Promise<InstanceItem | undefined> {
    const item = await this.#read(INSTANCE_KEY);
    return item && InstanceItem.parse(item);
  }

  /** Notes a user who has a record; undefined where there is none. */
  async #note(user: User): Promise<UserRecord | undefined> {
    const update = this.#update(user, KNOWN, { '#name': 'name' });
    const command = new UpdateCommand({ ...update, ConditionExpression: 'attribute_exists(pk)' });
    const answer = await this.#client.send(command).catch(unlessRefused);
    return answer && toUserRecord(answer.Attributes);
  }

  /** Notes a user who may have no record yet. */
  async #enter(user: User, role: Role): Promise<UserRecord> {
    const update = this.#update(user, FIRST, { '#name': 'name', '#role': 'role' }, { ':role': role });
    return toUserRecord((await this.#client.send(new UpdateCommand(update)).catch(failed)).Attributes);
  }

  #update({ id, arn, name, kind }: User, expression: string, names: Record<string, string>, values: object = {}) {
    const now = this.#clock().toISOString();
    return {
      TableName: this.#table,
      Key: userKey(id),
      UpdateExpression: expression,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':arn': arn, ':name': name, ':kind': kind, ':now': now, ...values },
      ReturnValues: 'ALL_NEW' as const,
    };
  }
}

const failed = (error: unknown): never => {
  throw explainOwnError(error);
};

const unlessRefused = (error: unknown): undefined => {
  if (error instanceof ConditionalCheckFailedException) return undefined;
  throw explainOwnError(error);
};
