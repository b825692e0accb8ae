/**
 * The administrators who may come in, as a set in one item, so that one conditional write decides that another one remains
 * when one goes. Whoever is in the set is an administrator by their own item too:
 *
 * - One comes: their own item is written first, and the set then.
 * - One goes: their item is marked, the set is written, and their item then, if it still bears the mark.
 * - Nobody is added who is marked, or since whose item was read somebody was taken out: `revision` counts that.
 *
 * A crash in between leaves administrators who are not in the set, never the reverse. They are added when they are needed.
 */
import { AppError } from '#contract/errors.ts';
import { ADMINISTRATORS_KEY, AdministratorsItem, type StoredUser, toStoredUser, userKey } from './items.ts';
import { partition } from './partition.ts';
import type { Table } from './table.ts';

/** So often something may come between before it is given up. Each time somebody else got on. */
export const ATTEMPTS = 50;

/** A mark that is older was left by a call that is over: functions that write it run for seconds. */
const MARK_SECONDS = 60;

export interface Administrators {
  /** The first one, after the claim. */
  begin(id: string): Promise<void>;
  /** False where their own item says that they are none, or will be none soon. Errors: CHANGED_MEANWHILE. */
  add(id: string): Promise<boolean>;
  /** False where there is no other one. Errors: CHANGED_MEANWHILE. */
  takeOut(id: string): Promise<boolean>;
}

export const isAdministrator = ({ role, blockedAt }: Pick<StoredUser, 'role' | 'blockedAt'>): boolean =>
  role === 'administrator' && blockedAt === undefined;

export function administrators(table: Table, now: () => Date): Administrators {
  const read = async () => {
    const item = await table.get(ADMINISTRATORS_KEY);
    return item && AdministratorsItem.parse(item);
  };
  const readUser = async (id: string) => {
    const item = await table.get(userKey(id));
    return item && toStoredUser(item);
  };
  const isOld = (mark: string) => now().getTime() - Date.parse(mark.slice(0, mark.indexOf(' '))) > MARK_SECONDS * 1_000;

  const insert = (id: string, revision: number | undefined) =>
    table.update({
      Key: ADMINISTRATORS_KEY,
      UpdateExpression: 'SET revision = if_not_exists(revision, :none) ADD ids :id',
      ConditionExpression: revision === undefined ? 'attribute_not_exists(pk)' : 'revision = :seen',
      ExpressionAttributeValues: {
        ':id': new Set([id]),
        ':none': 0,
        ...(revision !== undefined && { ':seen': revision }),
      },
    });
  /** Whose mark it was finds it gone, and begins anew. */
  const unmark = (id: string, mark: string) =>
    table.update({
      Key: userKey(id),
      UpdateExpression: 'REMOVE leaving',
      ConditionExpression: 'leaving = :mark',
      ExpressionAttributeValues: { ':mark': mark },
    });
  /** Whoever is in the set and should not be, because somebody has written to the table by hand. */
  const drop = (id: string) =>
    table.update({
      Key: ADMINISTRATORS_KEY,
      UpdateExpression: 'ADD revision :one DELETE ids :id',
      ExpressionAttributeValues: { ':id': new Set([id]), ':one': 1 },
    });

  async function add(id: string): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const revision = (await read())?.revision;
      const user = await readUser(id);
      if (!user || !isAdministrator(user)) return false;
      if (user.leaving && !isOld(user.leaving)) return false;
      if (user.leaving) await unmark(id, user.leaving);
      else if (await insert(id, revision)) return true;
    }
    throw new AppError('CHANGED_MEANWHILE');
  }

  /** One in the set who is truly one; else one who should be in it, and then is. */
  async function otherThan(id: string): Promise<string | undefined> {
    for (const other of (await read())?.ids ?? []) {
      if (other === id) continue;
      const user = await readUser(other);
      if (user && isAdministrator(user)) return other;
      await drop(other);
    }
    for await (const page of partition(table, userKey('').pk, ADMINISTRATORS_ONLY))
      for (const { sk } of page) if (sk !== id && (await add(sk))) return sk;
    return undefined;
  }

  return {
    add,
    async begin(id) {
      await table.put({
        Item: { ...ADMINISTRATORS_KEY, ids: new Set([id]), revision: 0 },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
    },
    async takeOut(id) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const other = await otherThan(id);
        if (other === undefined) return false;
        const taken = await table.update({
          Key: ADMINISTRATORS_KEY,
          UpdateExpression: 'ADD revision :one DELETE ids :id',
          ConditionExpression: 'contains(ids, :other)',
          ExpressionAttributeValues: { ':id': new Set([id]), ':one': 1, ':other': other },
        });
        if (taken) return true;
      }
      throw new AppError('CHANGED_MEANWHILE');
    },
  };
}

const ADMINISTRATORS_ONLY = {
  FilterExpression: '#role = :administrator AND attribute_not_exists(blockedAt)',
  ExpressionAttributeNames: { '#role': 'role' },
  ExpressionAttributeValues: { ':administrator': 'administrator' },
};
