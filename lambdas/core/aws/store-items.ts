/** The items of the instance table. What is read is parsed: an item of an older Lodge must fail loudly, not quietly. */
import * as z from 'zod';
import { User, UserKind } from '#contract/people.ts';
import { Role } from '#contract/roles.ts';
import type { UserRecord } from '../ports.ts';

export const INSTANCE_KEY = { pk: 'INSTANCE', sk: 'INSTANCE' } as const;
export const userKey = (id: string) => ({ pk: 'USERS', sk: id }) as const;

/** The administrator stands in the instance's own item, so that one conditional write decides everything about a claim. */
export const InstanceItem = z.object({
  name: z.string(),
  partition: z.string(),
  accountId: z.string(),
  administrator: User,
  regions: z.array(z.string()),
  claimedAt: z.string(),
  /** Which call claimed it. */
  claim: z.string(),
});
export type InstanceItem = z.infer<typeof InstanceItem>;

const UserItem = z.object({
  sk: z.string(),
  arn: z.string(),
  name: z.string(),
  kind: UserKind,
  role: Role,
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  sessionsEndedAt: z.string().optional(),
});

export function toUserRecord(item: unknown): UserRecord {
  const { sk: id, sessionsEndedAt, ...rest } = UserItem.parse(item);
  return { id, ...rest, ...(sessionsEndedAt ? { sessionsEndedAt } : {}) };
}
