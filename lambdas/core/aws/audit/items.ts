/**
 * The records in the instance table: a partition a day, sorted by the id, which begins with the time. The index by user has
 * partitions of its own, whose names begin alike, so that one condition of IAM covers both.
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { AuditEntry } from '#contract/audit.ts';

/** The index that holds each user's records, sorted as in the table. Its partition key is an attribute of this name. */
export const BY_USER = { index: 'by-user', attribute: 'byUser' } as const;

/** `2026-11-24`, of a time or of an id. */
export const dayOf = (time: string): string => time.slice(0, 10);

export const dayPartition = (day: string): string => `AUDIT#${day}`;
export const userPartition = (userId: string): string => `AUDIT#USER#${userId}`;

/** A time and something at random: two deeds of one millisecond have two. */
export const newId = (at: Date): string => `${at.toISOString()}#${randomBytes(8).toString('hex')}`;

/** A place in the record: an id, or a time before all of its ids. */
export const Place = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(#[0-9a-f]{16})?$/);

/** After a day that is over DynamoDB deletes by itself (`ttl`, in seconds). */
export const toItem = ({ id, ...entry }: AuditEntry, ttl: number): Record<string, unknown> => ({
  pk: dayPartition(dayOf(id)),
  sk: id,
  ttl,
  ...(entry.user && { [BY_USER.attribute]: userPartition(entry.user.id) }),
  ...entry,
});

const Item = AuditEntry.omit({ id: true }).extend({ sk: z.string() });

export function toEntry(item: unknown): AuditEntry {
  const { sk: id, ...entry } = Item.parse(item);
  return { id, ...entry };
}
