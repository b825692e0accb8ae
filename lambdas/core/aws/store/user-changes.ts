import { randomUUID } from 'node:crypto';
import { AppError } from '#contract/errors.ts';
import type { UserChange } from '#contract/people.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, UserRecord } from '../../ports/store.ts';
import { type Administrators, ATTEMPTS, isAdministrator } from './administrators.ts';
import { toStoredUser, toUserRecord, userKey } from './items.ts';
import type { Table } from './table.ts';

interface Parts {
  readonly table: Table;
  readonly administrators: Administrators;
  readonly clock: Clock;
}

/** Changes of users, in an order that leaves an administrator whatever happens; see administrators.ts. */
export function userChanges({ table, administrators, clock }: Parts): Pick<Store, 'changeUser'> {
  const now = () => clock().toISOString();
  const write = async (id: string, update: Update, condition: Condition): Promise<UserRecord | undefined> => {
    const item = await table.update({ Key: userKey(id), ...together(update, condition) });
    return item && toUserRecord(item);
  };

  /** For whoever is an administrator and shall be none. Undefined where something came between. */
  async function dismiss(id: string, change: UserChange): Promise<UserRecord | undefined> {
    const mark = `${now()} ${randomUUID()}`;
    if (!(await write(id, { SET: { leaving: mark } }, IS_ADMINISTRATOR))) return undefined;
    if (await administrators.takeOut(id)) return write(id, unmarked(updateOf(change, now())), bears(mark));
    await write(id, unmarked({}), bears(mark));
    throw new AppError('LAST_ADMINISTRATOR');
  }

  async function attempt(id: string, change: UserChange): Promise<UserRecord | undefined> {
    const item = await table.get(userKey(id));
    if (!item) throw new AppError('USER_NOT_FOUND');
    // Since when somebody is blocked stays, however often it is said.
    if (change.kind === 'block' && toStoredUser(item).blockedAt) return toUserRecord(item);
    if (!dismisses(change)) {
      const update = updateOf(change, now());
      const changed = await write(id, appoints(change) ? unmarked(update) : update, EXISTS);
      if (changed && appoints(change)) await administrators.add(id);
      return changed;
    }
    return isAdministrator(toStoredUser(item))
      ? dismiss(id, change)
      : write(id, updateOf(change, now()), IS_NO_ADMINISTRATOR);
  }

  return {
    async changeUser(id, change) {
      for (let times = 0; times < ATTEMPTS; times++) {
        const changed = await attempt(id, change);
        if (changed) return changed;
      }
      throw new AppError('CHANGED_MEANWHILE');
    },
  };
}

/** Whoever is blocked is signed out, too. */
const dismisses = (change: UserChange): boolean =>
  change.kind === 'block' || (change.kind === 'role' && change.role !== 'administrator');

const appoints = (change: UserChange): boolean =>
  change.kind === 'unblock' || (change.kind === 'role' && change.role === 'administrator');

interface Update {
  readonly SET?: Readonly<Record<string, string>>;
  readonly REMOVE?: readonly string[];
}

const CHANGES: {
  readonly [K in UserChange['kind']]: (change: Extract<UserChange, { kind: K }>, now: string) => Update;
} = {
  role: ({ role }) => ({ SET: { role } }),
  'end-sessions': (_change, now) => ({ SET: { sessionsEndedAt: now } }),
  block: (_change, now) => ({ SET: { blockedAt: now, sessionsEndedAt: now } }),
  unblock: () => ({ REMOVE: ['blockedAt'] }),
};

const updateOf = (change: UserChange, now: string): Update =>
  (CHANGES[change.kind] as (change: UserChange, now: string) => Update)(change, now);

const unmarked = ({ SET, REMOVE = [] }: Update): Update => ({ ...(SET && { SET }), REMOVE: [...REMOVE, 'leaving'] });

interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, string>>;
}

const administrator = { ':administrator': 'administrator' };
const EXISTS: Condition = { expression: 'attribute_exists(pk)' };
const IS_ADMINISTRATOR: Condition = {
  expression: '#role = :administrator AND attribute_not_exists(blockedAt)',
  values: administrator,
};
const IS_NO_ADMINISTRATOR: Condition = {
  expression: 'attribute_exists(pk) AND (#role <> :administrator OR attribute_exists(blockedAt))',
  values: administrator,
};
const bears = (mark: string): Condition => ({ expression: 'leaving = :mark', values: { ':mark': mark } });

/** `role` is one of DynamoDB's reserved words. */
function together({ SET = {}, REMOVE = [] }: Update, { expression, values }: Condition) {
  const name = (attribute: string) => (attribute === 'role' ? '#role' : attribute);
  const set = Object.keys(SET).map((attribute) => `${name(attribute)} = :${attribute}`);
  const parts = [set.length > 0 && `SET ${set.join(', ')}`, REMOVE.length > 0 && `REMOVE ${REMOVE.join(', ')}`];
  const given = { ...Object.fromEntries(Object.entries(SET).map(([key, value]) => [`:${key}`, value])), ...values };
  return {
    UpdateExpression: parts.filter(Boolean).join(' '),
    ConditionExpression: expression,
    ...(`${set}${expression}`.includes('#role') && { ExpressionAttributeNames: { '#role': 'role' } }),
    ...(Object.keys(given).length > 0 && { ExpressionAttributeValues: given }),
  };
}
