/**
 * Searches the record, the newest first: a user's by the index, everybody's day by day. A page does so much work and no more,
 * and says how far back it has looked. A cursor is a place in time and nothing else: whoever makes one up sees what they
 * might have seen without, for all that is asked for is asked again.
 */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry, AuditRecord, AuditSearch } from '#contract/audit.ts';
import { AppError } from '#contract/errors.ts';
import type { AuditTrail } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { explainOwnError } from '../aws-errors.ts';
import { fitsText } from './fits-text.ts';
import { BY_USER, dayOf, dayPartition, Place, toEntry, userPartition } from './items.ts';

interface Parts {
  readonly client: DynamoDBDocumentClient;
  /** The name of the instance table. */
  readonly table: string;
  readonly store: Pick<Store, 'instance'>;
  readonly clock: Clock;
}

/**
 * A page of search reads at most so many pages of the table, of 1 MB each (DynamoDB API reference, Query): a quiet year, as
 * long as records are kept at first, is looked through in one.
 */
const MOST_READS = 400;

/** So many days are read at once where those before held little: a quiet year is not asked day after day. */
const WIDEST = 16;

const DAY = 86_400_000;
/** Nothing is kept longer (`AuditSettings.days`). */
const LONGEST = 3_650 * DAY;
/** An instance is claimed soon after it was made: so long before, it is looked for what was tried at the door. */
const BEFORE_THE_CLAIM = 30 * DAY;
/** The clocks of functions differ by less. */
const SKEW = 60_000;

export const dynamoTrail = (parts: Parts): AuditTrail => ({
  async *search(search, signal): AsyncGenerator<AuditRecord> {
    const begun = performance.now();
    const span = await spanOf(search, parts);
    const most = search.limit ?? Number.POSITIVE_INFINITY;
    let [found, reads, next]: [number, number, string | undefined] = [0, 0, undefined];
    for await (const page of pagesOf(search, span, parts, signal)) {
      reads += page.reads;
      next = page.back;
      const fitting = page.entries.filter((entry) => entry.id < span.before && fitsText(entry, search.text));
      for (const entry of fitting.slice(0, most - found)) {
        yield { type: 'entry', entry };
        next = entry.id;
      }
      found += fitting.length;
      if (found >= most) break;
      next = page.back;
      if (fitting.length === 0 && next) yield { type: 'searched', back: next.slice(0, 24) };
      if (search.limit !== undefined && reads >= MOST_READS) break;
    }
    yield { type: 'end', elapsedMs: Math.round(performance.now() - begun), ...(next !== undefined && { next }) };
  },
});

/** From when on, and before which place. */
interface Span {
  readonly from: string;
  readonly before: string;
}

/** Errors: INPUT_INVALID where the cursor is none. */
async function spanOf({ from, to, cursor, userId }: AuditSearch, { store, clock }: Parts): Promise<Span> {
  const now = clock().getTime();
  const claimedAt = userId === undefined && from === undefined ? (await store.instance())?.claimedAt : undefined;
  const since = claimedAt === undefined ? 0 : Date.parse(claimedAt) - BEFORE_THE_CLAIM;
  const earliest = Math.max(now - LONGEST, since, from === undefined ? 0 : Date.parse(from));
  const latest = Math.min(now + SKEW, to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to));
  const places = [isoOf(latest), ...(cursor === undefined ? [] : [readCursor(cursor)])];
  const [before = ''] = places.toSorted();
  return { from: isoOf(earliest), before };
}

/** A date that a schema let through may still be one that has no place in the record. */
const isoOf = (time: number): string => new Date(Math.max(time, 0)).toISOString();

function readCursor(cursor: string): string {
  const { success, data } = Place.safeParse(cursor);
  if (success) return data;
  const fields = [{ path: 'body.cursor', message: 'is none that a search has given' }];
  throw new AppError('INPUT_INVALID', { details: { fields } });
}

interface Page {
  readonly entries: readonly AuditEntry[];
  /** The place before which it goes on; undefined where there is nothing older. */
  readonly back: string | undefined;
  /** How often the table was asked for it. */
  readonly reads: number;
}

type Ask = (partition: Record<string, string>, start?: Record<string, unknown>) => Promise<Answer>;
interface Answer {
  readonly entries: readonly AuditEntry[];
  /** Where the partition goes on. */
  readonly last: Record<string, string> | undefined;
}

function pagesOf(search: AuditSearch, span: Span, parts: Parts, signal: AbortSignal): AsyncIterable<Page> {
  const ask = asking(search, span, parts, signal);
  return search.userId === undefined ? dayByDay(ask, span) : ofUser(ask, search.userId, span);
}

async function* ofUser(ask: Ask, userId: string, { from, before }: Span): AsyncGenerator<Page> {
  if (from > before) return;
  let start: Record<string, unknown> | undefined;
  do {
    const { entries, last }: Answer = await ask({ [BY_USER.attribute]: userPartition(userId) }, start);
    yield { entries, back: last?.sk, reads: 1 };
    start = last;
  } while (start);
}

/** Days that hold little are read several at once, and more the longer it goes on so. */
async function* dayByDay(ask: Ask, { from, before }: Span): AsyncGenerator<Page> {
  if (from > before) return;
  const oldest = dayOf(from);
  let day = dayOf(before);
  let wide = 1;
  while (day >= oldest) {
    const days = Array.from({ length: wide }, (_, ago) => daysBefore(day, ago)).filter((each) => each >= oldest);
    const firsts = await Promise.all(days.map(async (each) => ({ day: each, answer: await ask(partitionOf(each)) })));
    day = daysBefore(days.at(-1) ?? day, 1);
    wide = firsts.some(({ answer }) => answer.last) ? 1 : Math.min(wide * 2, WIDEST);
    let reads = days.length;
    for (const first of firsts) {
      let answer = first.answer;
      for (;;) {
        const older = first.day > oldest ? `${first.day}T00:00:00.000Z` : undefined;
        yield { entries: answer.entries, back: answer.last?.sk ?? older, reads };
        reads = 0;
        if (!answer.last) break;
        answer = await ask(partitionOf(first.day), answer.last);
        reads = 1;
      }
    }
  }
}

const partitionOf = (day: string) => ({ pk: dayPartition(day) });
const daysBefore = (day: string, days: number): string => dayOf(new Date(Date.parse(day) - days * DAY).toISOString());

/** Asks one partition, backwards. What the table can compare it compares, so that less comes over the wire. */
function asking(search: AuditSearch, span: Span, { client, table, clock }: Parts, signal: AbortSignal): Ask {
  const filter = filterOf(search, clock());
  const isPlain = filter.count === 1 && search.text === undefined;
  return async (partition, start) => {
    const [name = '', value] = Object.entries(partition)[0] ?? [];
    const command = new QueryCommand({
      TableName: table,
      ...(name === BY_USER.attribute && { IndexName: BY_USER.index }),
      KeyConditionExpression: '#partition = :partition AND sk BETWEEN :from AND :before',
      FilterExpression: filter.expression,
      ExpressionAttributeNames: { '#partition': name, ...filter.names },
      ExpressionAttributeValues: { ':partition': value, ':from': span.from, ':before': span.before, ...filter.values },
      ScanIndexForward: false,
      ...(start && { ExclusiveStartKey: start }),
      // One more: the cursor's own entry is read again, and left out.
      ...(isPlain && search.limit !== undefined && { Limit: search.limit + 1 }),
    });
    const answer = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw explainOwnError(error);
    });
    return { entries: (answer.Items ?? []).map(toEntry), last: answer.LastEvaluatedKey };
  };
}

/** DynamoDB deletes what is over within days: until then it is left out. */
function filterOf({ kind, outcome, resourceId }: AuditSearch, now: Date) {
  const wanted: [path: string, value: unknown][] = [
    ['#kind', kind],
    ['#outcome', outcome],
    ['#resource.#id', resourceId],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  const paths = ['#ttl', ...given.flatMap(([path]) => path.split('.'))];
  return {
    count: given.length + 1,
    expression: ['#ttl > :now', ...given.map(([path], at) => `${path} = :v${at}`)].join(' AND '),
    names: Object.fromEntries(paths.map((path) => [path, path.slice(1)])),
    values: {
      ':now': Math.floor(now.getTime() / 1_000),
      ...Object.fromEntries(given.map(([, value], at) => [`:v${at}`, value])),
    },
  };
}
