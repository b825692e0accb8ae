import { createHash } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '#contract/errors.ts';
import { blockOf } from '../../http/address.ts';
import type { Attempt, Attempts } from '../../ports/attempts.ts';
import type { Clock } from '../../ports/clock.ts';
import { attemptsKey } from './items.ts';
import { failed, type Table } from './table.ts';

/** So long do failures count, in seconds. The windows are the same for everybody: the end of one tells nothing. */
const WINDOW = 600;

/**
 * How many failures each counter may have in a window. `address`: an office shares one, and all of it may sign in at nine;
 * a tenth of what the API lets through. `keyThere`, of one key at one address: somebody who mistypes, or a script with an
 * old secret. `key`, of one key from everywhere: more than an address has, so that none can shut out somebody whose key id
 * it knows. See docs/decisions/0014-addresses-attempts-and-tenancy.md.
 */
export const MOST = { address: 300, keyThere: 20, key: 600 };

interface Counter {
  /** What is counted by. */
  readonly of: (attempt: Attempt) => string;
  readonly most: keyof typeof MOST;
  /** Whether a success makes up for its failures, or for itself alone. */
  readonly forgives: boolean;
}

/** In the order in which they are asked: what one refuses is not counted by the next. */
const COUNTERS: readonly Counter[] = [
  { of: ({ address }) => `address ${blockOf(address)}`, most: 'address', forgives: false },
  {
    of: ({ address, accessKeyId }) => `key ${accessKeyId} at ${blockOf(address)}`,
    most: 'keyThere',
    forgives: true,
  },
  { of: ({ accessKeyId }) => `key ${accessKeyId}`, most: 'key', forgives: true },
];

/**
 * Counters of failed sign-ins: each attempt counts as one until it has succeeded, so that a hundred at once are a hundred.
 * DynamoDB decides each in one conditional write.
 */
export function attemptItems(table: Table, clock: Clock, most = MOST): Attempts {
  const seconds = () => Math.floor(clock().getTime() / 1_000);
  const keyOf = ({ of }: Counter, attempt: Attempt) =>
    attemptsKey(`${Math.floor(seconds() / WINDOW)}#${digest(of(attempt))}`);

  const add = async (counter: Counter, attempt: Attempt): Promise<void> => {
    const end = (Math.floor(seconds() / WINDOW) + 1) * WINDOW;
    const counted = await table.update({
      Key: keyOf(counter, attempt),
      UpdateExpression: 'ADD attempts :one SET #ttl = :end',
      ConditionExpression: 'attribute_not_exists(attempts) OR attempts < :most',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':one': 1, ':most': most[counter.most], ':end': end },
    });
    if (!counted) throw new AppError('TOO_MANY_ATTEMPTS', { details: { retryAfterSeconds: end - seconds() } });
  };

  const forget = async (counter: Counter, attempt: Attempt): Promise<void> => {
    const command = new DeleteCommand({ TableName: table.name, Key: keyOf(counter, attempt) });
    await table.client.send(command).catch(failed);
  };

  const giveBack = async (counter: Counter, attempt: Attempt): Promise<void> => {
    await table.update({
      Key: keyOf(counter, attempt),
      UpdateExpression: 'ADD attempts :back',
      ConditionExpression: 'attempts > :none',
      ExpressionAttributeValues: { ':back': -1, ':none': 0 },
    });
  };

  return {
    async undecided(attempt) {
      await Promise.allSettled(COUNTERS.map((counter) => giveBack(counter, attempt)));
    },

    async count(attempt) {
      for (const counter of COUNTERS) await add(counter, attempt);
    },

    async succeeded(attempt) {
      // Who has proven their keys comes in, also where the table cannot be told: the window ends by itself.
      await Promise.allSettled(COUNTERS.map((counter) => (counter.forgives ? forget : giveBack)(counter, attempt)));
    },
  };
}

/**
 * Of a key's id, which is no secret but says which keys there are, and of an address. Without a pepper: 16 characters of 32
 * are 2^80 ids, too many to try, and who can read the table reads the addresses of its users anyway.
 */
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
