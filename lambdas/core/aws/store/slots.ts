import { randomUUID } from 'node:crypto';
import { AppError } from '#contract/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Slots } from '../../ports/slots.ts';
import { RunningItem, runningKey } from './items.ts';
import type { Table } from './table.ts';

/** Each try that fails was overtaken by another change of the same user's; so many in a row are no accident. */
const TRIES = 8;

/**
 * One item for each user, which holds a lease for every script that runs: its id, and the second when it frees itself. A
 * lease is taken in one conditional write, which DynamoDB decides; only a full item is read, to clear what has run out.
 */
export function slotItems(table: Table, clock: Clock): Slots {
  const now = () => Math.floor(clock().getTime() / 1_000);

  /** False where all are taken, and where there is no item yet. */
  const enter = async (userId: string, lease: Lease): Promise<boolean> =>
    (await table.update({
      Key: runningKey(userId),
      UpdateExpression: 'SET leases.#id = :until, #ttl = :until',
      ConditionExpression: 'size(leases) < :most',
      ExpressionAttributeNames: { '#id': lease.id, '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':until': lease.until, ':most': lease.most },
    })) !== undefined;

  const enterFirst = async (userId: string, lease: Lease): Promise<boolean> =>
    (await table.update({
      Key: runningKey(userId),
      UpdateExpression: 'SET leases = :leases, #ttl = :until',
      ConditionExpression: 'attribute_not_exists(leases)',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':leases': { [lease.id]: lease.until }, ':until': lease.until },
    })) !== undefined;

  const leave = async (userId: string, ids: readonly string[]): Promise<void> => {
    await table.update({
      Key: runningKey(userId),
      UpdateExpression: `REMOVE ${ids.map((_, at) => `leases.#id${at}`).join(', ')}`,
      ConditionExpression: 'attribute_exists(leases)',
      ExpressionAttributeNames: Object.fromEntries(ids.map((id, at) => [`#id${at}`, id])),
    });
  };

  /** True where the lease stands now. Errors: TOO_MANY_STATEMENTS. */
  const makeRoom = async (userId: string, lease: Lease): Promise<boolean> => {
    const item = await table.get(runningKey(userId));
    const leases = item && Object.entries(RunningItem.parse(item).leases);
    if (!leases) return enterFirst(userId, lease);
    // A retry of the SDK may meet what its own first attempt wrote.
    if (leases.some(([id]) => id === lease.id)) return true;
    const over = leases.filter(([, until]) => until <= now()).map(([id]) => id);
    if (over.length > 0) await leave(userId, over);
    else if (leases.length >= lease.most) throw tooMany(lease.most);
    return false;
  };

  return {
    async take(userId, most, seconds) {
      const lease = { id: randomUUID(), until: now() + seconds, most };
      const held = { release: () => leave(userId, [lease.id]) };
      for (let tries = 0; tries < TRIES; tries += 1)
        if ((await enter(userId, lease)) || (await makeRoom(userId, lease))) return held;
      throw tooMany(most);
    },
  };
}

interface Lease {
  readonly id: string;
  /** In seconds since 1970, as a time to live is written. */
  readonly until: number;
  readonly most: number;
}

const tooMany = (most: number): AppError =>
  new AppError('TOO_MANY_STATEMENTS', {
    message: `${most === 1 ? 'One script of yours runs' : `${most} scripts of yours run`} already, and no more may at once. Wait for one, or cancel it.`,
  });
