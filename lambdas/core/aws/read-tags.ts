/** Tags that a list does not tell, with a call for each thing. */
import { AppError, type ErrorCode } from '#contract/errors.ts';
import type { Tags, Unread } from '#contract/resources.ts';
import type { TagsRead } from '../ports/discovery.ts';

/** So many refusals, and nothing that was allowed: the other calls would be refused too. */
const REFUSALS = 10;

/** What says nothing of the others; whatever else fails would fail for them too, and ends the reading. */
const OF_ONE: Partial<Record<ErrorCode, Unread['why'] | 'gone'>> = {
  AWS_DENIED: 'denied',
  // It was deleted since it was listed.
  RESOURCE_NOT_FOUND: 'gone',
  OBJECT_NOT_FOUND: 'gone',
};
const OF_ALL: Partial<Record<ErrorCode, Unread['why']>> = { THROTTLED: 'throttled', AWS_UNAVAILABLE: 'failed' };

interface Reading {
  /** The IAM action of `read`. */
  readonly action: string;
  /** The tags of one. Throws AppErrors. */
  read(id: string): Promise<Tags>;
  /** How many calls at once; one after the other unless said otherwise. */
  readonly atOnce?: number;
  /** True: no more are asked for, and those that are left count as throttled. */
  isOver?(): boolean;
}

/**
 * Reads the tags of each. What could not be read is absent, and `unread` says why; it never fails for a refusal, a throttled
 * call or a service that does not answer. Errors: those that end a session or a request.
 */
export async function readTags(
  ids: readonly string[],
  { action, read, atOnce = 1, isOver }: Reading,
): Promise<TagsRead> {
  const tags = new Map<string, Tags>();
  const whys = new Set<Unread['why']>();
  const waiting = [...ids];
  let refusals = 0;
  let ended = false;
  const goesOn = () => !ended && waiting.length > 0 && (refusals < REFUSALS || tags.size > 0);
  const fail = (error: unknown) => {
    const code = error instanceof AppError ? error.code : undefined;
    const ofOne = code && OF_ONE[code];
    const ofAll = code && OF_ALL[code];
    if (!ofOne && !ofAll) throw error;
    if (ofOne === 'denied') refusals += 1;
    if (ofOne !== 'gone') whys.add(ofOne ?? ofAll ?? 'failed');
    ended ||= ofAll !== undefined;
  };
  async function work(): Promise<void> {
    while (goesOn()) {
      if (isOver?.()) {
        ended = true;
        whys.add('throttled');
        return;
      }
      const id = waiting.shift() ?? '';
      await read(id).then((found) => tags.set(id, found), fail);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, work));
  return { tags, unread: [...whys].map((why) => ({ action, why })) };
}
