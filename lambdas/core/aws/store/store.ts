/** The instance table: one DynamoDB table, keys `pk` and `sk`. No key, password or token is ever written to it. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Attempts } from '../../ports/attempts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Scripts } from '../../ports/scripts.ts';
import type { Slots } from '../../ports/slots.ts';
import type { Store } from '../../ports/store.ts';
import { accessItem } from './access.ts';
import { administrators as administratorsItem } from './administrators.ts';
import { attemptItems } from './attempts.ts';
import { instanceItem } from './instance.ts';
import { runItems } from './runs.ts';
import { scriptItems } from './scripts.ts';
import { slotItems } from './slots.ts';
import { standingItems } from './standing.ts';
import { tableOf } from './table.ts';
import { userChanges } from './user-changes.ts';
import { userList } from './user-list.ts';
import { userItems } from './users.ts';

export function dynamoStore(client: DynamoDBDocumentClient, name: string, clock: Clock): Store {
  const table = tableOf(client, name);
  const users = userItems(table, clock);
  const administrators = administratorsItem(table, clock);
  return {
    ...instanceItem(table, users, administrators),
    ...accessItem(table),
    ...standingItems(table),
    ...users,
    ...userList(table),
    ...userChanges({ table, administrators, clock }),
  };
}

export const dynamoAttempts = (client: DynamoDBDocumentClient, name: string, clock: Clock): Attempts =>
  attemptItems(tableOf(client, name), clock);

export const dynamoSlots = (client: DynamoDBDocumentClient, name: string, clock: Clock): Slots =>
  slotItems(tableOf(client, name), clock);

export const dynamoRuns = (client: DynamoDBDocumentClient, name: string, clock: Clock): Runs =>
  runItems(tableOf(client, name), clock);

export const dynamoScripts = (client: DynamoDBDocumentClient, name: string, clock: Clock): Scripts =>
  scriptItems(tableOf(client, name), clock);
