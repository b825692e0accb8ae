/** The items of the instance table. What is read is parsed: an item of an older Lodge must fail loudly, not quietly. */
import * as z from 'zod';
import { Access } from '#contract/access.ts';
import { KnownUser, User } from '#contract/people.ts';
import { InstanceSettings } from '#contract/settings.ts';
import type { UserRecord } from '../../ports/store.ts';

export const INSTANCE_KEY = { pk: 'INSTANCE', sk: 'INSTANCE' } as const;
export const ACCESS_KEY = { pk: 'INSTANCE', sk: 'ACCESS' } as const;
export const attemptsKey = (counter: string) => ({ pk: 'ATTEMPTS', sk: counter }) as const;
export const runningKey = (userId: string) => ({ pk: 'RUNNING', sk: userId }) as const;
export const ADMINISTRATORS_KEY = { pk: 'INSTANCE', sk: 'ADMINISTRATORS' } as const;
export const userKey = (id: string) => ({ pk: 'USERS', sk: id }) as const;

/** The administrator stands in the instance's own item, so that one conditional write decides everything about a claim. */
export const InstanceItem = InstanceSettings.extend({
  partition: z.string(),
  accountId: z.string(),
  administrator: User,
  claimedAt: z.string(),
  /** Which call claimed it. */
  claim: z.string(),
  revision: z.number().int().default(1),
});
export type InstanceItem = z.infer<typeof InstanceItem>;

export const AccessItem = Access.extend({ revision: z.number().int() });

/** The scripts of one user that run: until which second each may, by its lease's id. */
export const RunningItem = z.object({ leases: z.record(z.string(), z.number()) });

/** Who may come in as an administrator; see administrators.ts. */
export const AdministratorsItem = z.object({
  /** DynamoDB has no empty sets. */
  ids: z.set(z.string()).default(new Set<string>()),
  /** Counts whenever somebody is taken out. */
  revision: z.number().int(),
});

const UserItem = KnownUser.omit({ id: true }).extend({
  sk: z.string(),
  /** Somebody is about to be an administrator no more: when that began, and which call it is. */
  leaving: z.string().optional(),
});

/** What is stored of a user, with what only administrators.ts asks for. */
export type StoredUser = UserRecord & { readonly leaving?: string | undefined };

export function toStoredUser(item: unknown): StoredUser {
  const { sk: id, ...rest } = UserItem.parse(item);
  return { id, ...rest };
}

export function toUserRecord(item: unknown): UserRecord {
  const { leaving: _, ...record } = toStoredUser(item);
  return record;
}
