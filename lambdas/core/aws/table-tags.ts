/** The tags of DynamoDB's tables: asked for one by one, not faster than AWS allows, and remembered for minutes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBClient, ListTagsOfResourceCommand, type Tag } from '@aws-sdk/client-dynamodb';
import type { Tags } from '#contract/resources.ts';
import { Cache } from '../session/cache.ts';
import { tagsOf } from './discovery/describe.ts';

export const TABLE_TAGS = 'ListTagsOfResource';

/** "Up to 10 times per second, per account" (DynamoDB API Reference, ListTagsOfResource): a turn each tenth of a second. */
const TURN_MS = 100;

/** How many calls wait for their answers at once, where each is sent in its turn. */
export const AT_ONCE = 5;

/**
 * In a function's memory, for the keys that read them: a user's statements come one after the other, and a team's calls
 * together must stay below ten a second. DynamoDB itself takes seconds to tell of a change (API Reference, TagResource).
 */
const KEPT = { size: 20_000, ttlMs: 5 * 60_000 };
const remembered = new Cache<Tags>({ ...KEPT, clock: () => new Date() });

interface Asked {
  readonly arn: string;
  /** Whose keys the client has: what one may read says nothing of another. */
  readonly accessKeyId: string;
  readonly signal: AbortSignal;
  /** Before each call: its turn, where many are made. */
  wait?(): Promise<void>;
}

/** All pages, or what is remembered. Throws what the SDK does. */
export async function tagsOfTable(client: DynamoDBClient, { arn, accessKeyId, signal, wait }: Asked): Promise<Tags> {
  const name = `${accessKeyId} ${arn}`;
  const known = remembered.get(name);
  if (known) return known;
  const all: Tag[] = [];
  let next: string | undefined;
  do {
    await wait?.();
    const command = new ListTagsOfResourceCommand({ ResourceArn: arn, ...(next && { NextToken: next }) });
    const page = await client.send(command, { abortSignal: signal });
    all.push(...(page.Tags ?? []));
    next = page.NextToken;
  } while (next);
  const tags = tagsOf(all);
  remembered.set(name, tags);
  return tags;
}

/** When the next turn is, by account and region. */
const turns = new Map<string, number>();

/** Waits for a turn in a region of an account. Throws the signal's reason where it aborts first. */
export async function turnIn(place: string, signal: AbortSignal): Promise<void> {
  const now = performance.now();
  const at = Math.max(now, turns.get(place) ?? 0);
  turns.set(place, at + TURN_MS);
  if (at > now) await sleep(at - now, undefined, { signal });
}
