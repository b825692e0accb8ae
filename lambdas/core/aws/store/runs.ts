/**
 * The history of runs: a partition for each automation, and one for runs of none, sorted by the ids, which begin with the
 * time. Beside each run of an execution an item by the execution's ARN names it, so that it is found when that is stopped.
 */
import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Run, RunId } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import { mayBeginAgain, resumed } from '../../automation/may-begin-again.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Runs } from '../../ports/runs.ts';
import { partition } from './partition.ts';
import { failed, type Table } from './table.ts';

/** Each try was overtaken by another call; so many in a row are no accident. */
const TRIES = 8;
const DAY_SECONDS = 86_400;

/** Not the id of any automation. */
const NONE = 'none';
const runKey = ({ id, automationId = NONE }: Pick<Run, 'id' | 'automationId'>) =>
  ({ pk: `RUNS#${automationId}`, sk: id }) as const;
const executionKey = (arn: string, { id, automationId = NONE }: Pick<Run, 'id' | 'automationId'>) =>
  ({ pk: `RUNS#OF#${arn}`, sk: `${automationId}#${id}` }) as const;

const RunItem = Run.omit({ id: true }).extend({
  sk: RunId,
  /** Which call has begun it. */
  call: z.string(),
  /** In seconds since 1970: without a word until then it is cut. */
  until: z.number().int(),
  /** True: somebody wants it to stop. */
  stop: z.boolean().optional(),
});
type RunItem = z.infer<typeof RunItem>;

export function runItems(table: Table, clock: Clock): Runs {
  const now = () => Math.floor(clock().getTime() / 1_000);

  /** As it is now: whose time is over without a word was cut then. */
  function toRun(item: unknown): Run {
    const { sk: id, call: _, stop: __, until, ...run } = RunItem.parse(item);
    if (run.state !== 'running' || until > now()) return { ...run, id };
    return { ...run, id, state: 'cut', endedAt: new Date(until * 1_000).toISOString() };
  }

  /** The condition that an item is at this part of this attempt still. */
  const still = ({ attempt, part }: Pick<Run, 'attempt' | 'part'>) => ({
    condition: [
      'attempt = :attempt AND #state = :running',
      part ? '#part.#number = :part' : 'attribute_not_exists(#part)',
      ...(part ? [part.waiting ? '#part.#waiting = :true' : 'attribute_not_exists(#part.#waiting)'] : []),
    ].join(' AND '),
    names: { '#state': 'state', '#part': 'part', ...(part && { '#number': 'number', '#waiting': 'waiting' }) },
    values: {
      ':attempt': attempt,
      ':running': 'running',
      ...(part && { ':part': part.number }),
      ...(part?.waiting && { ':true': true }),
    },
  });

  /** Puts an attempt in the place of the last one, if that is still as it was seen. */
  const replace = (item: RunItem & { pk: string }, seen: RunItem): Promise<boolean> =>
    table.put({
      Item: { ...item, attempt: seen.attempt + 1 },
      ConditionExpression: '#call = :call AND #state = :state AND #until = :until',
      ExpressionAttributeNames: { '#call': 'call', '#state': 'state', '#until': 'until' },
      ExpressionAttributeValues: { ':call': seen.call, ':state': seen.state, ':until': seen.until },
    });

  const find = async (sought: Pick<Run, 'id' | 'automationId'>): Promise<Run | undefined> => {
    const item = await table.get(runKey(sought));
    return item && toRun(item);
  };

  const stop = async (run: Pick<Run, 'id' | 'automationId'>): Promise<boolean> =>
    (await table.update({
      Key: runKey(run),
      UpdateExpression: 'SET #stop = :true',
      ConditionExpression: '#state = :running AND #until > :now',
      ExpressionAttributeNames: { '#stop': 'stop', '#state': 'state', '#until': 'until' },
      ExpressionAttributeValues: { ':true': true, ':running': 'running', ':now': now() },
    })) !== undefined;

  /** Writes down that it was cut; what was ended or has spoken up meanwhile is left alone. */
  const cut = async ({ endedAt, ...run }: Run): Promise<void> => {
    await table.update({
      Key: runKey(run),
      UpdateExpression: 'SET #state = :cut, endedAt = :endedAt',
      ConditionExpression: '#state = :running AND #until <= :now',
      ExpressionAttributeNames: { '#state': 'state', '#until': 'until' },
      ExpressionAttributeValues: { ':cut': 'cut', ':endedAt': endedAt, ':running': 'running', ':now': now() },
    });
  };

  return {
    async begin({ id, ...run }, { seconds, days }) {
      const ttl = now() + days * DAY_SECONDS;
      const first = { ...run, state: 'running', attempt: 1, rows: 0, bytes: 0 } as const;
      const item = { ...runKey({ ...run, id }), ...first, call: randomUUID(), until: now() + seconds, ttl };
      // Before the run itself: whoever stops the execution, or the map above it, finds all that have begun.
      const { arn, parentArn } = run.execution ?? {};
      for (const each of [arn, parentArn])
        if (each) await table.put({ Item: { ...executionKey(each, { ...run, id }), ttl } });
      for (let tries = 0; tries < TRIES; tries += 1) {
        if (await table.put({ Item: item, ConditionExpression: 'attribute_not_exists(pk)' }))
          return { run: toRun(item), begun: true };
        const found = await table.get(runKey({ ...run, id }));
        if (!found) continue;
        const seen = RunItem.parse(found);
        // A retry of the SDK may meet what its own first attempt wrote.
        if (seen.call === item.call) return { run: toRun(found), begun: true };
        if (!mayBeginAgain(toRun(found), run)) return { run: toRun(found), begun: false };
        const part = resumed(seen);
        const next = { ...item, ...(part && { part, startedAt: seen.startedAt }) };
        if (await replace(next, seen)) return { run: toRun({ ...next, attempt: seen.attempt + 1 }), begun: true };
      }
      throw new AppError('RUN_IN_PROGRESS');
    },

    async progress(run, { rows, bytes, seconds }) {
      const { condition, names, values } = still(run);
      const item = await table.update({
        Key: runKey(run),
        UpdateExpression: 'SET #rows = :rows, #bytes = :bytes, #until = :until',
        ConditionExpression: condition,
        ExpressionAttributeNames: { ...names, '#rows': 'rows', '#bytes': 'bytes', '#until': 'until' },
        ExpressionAttributeValues: { ...values, ':rows': rows, ':bytes': bytes, ':until': now() + seconds },
      });
      return { stop: !item || item.stop === true };
    },

    async handOn(run, part, { seconds }) {
      const { condition, names, values } = still(run);
      const next = { ...part, waiting: true };
      const item = await table.update({
        Key: runKey(run),
        UpdateExpression: 'SET #part = :next, #until = :until',
        ConditionExpression: `${condition} AND attribute_not_exists(#stop)`,
        ExpressionAttributeNames: { ...names, '#until': 'until', '#stop': 'stop' },
        ExpressionAttributeValues: { ...values, ':next': next, ':until': now() + seconds },
      });
      if (item) return toRun(item);
      // A retry of the SDK may meet what its own first attempt wrote: nobody else hands this part on.
      const found = await find(run);
      const isOurs = found?.attempt === run.attempt && found.part?.number === part.number;
      return isOurs && found.state === 'running' && found.part?.waiting ? found : undefined;
    },

    async takeOver({ attempt, part, ...run }, { seconds }) {
      const call = randomUUID();
      const item = await table.update({
        Key: runKey(run),
        UpdateExpression: 'SET #call = :call, #until = :until REMOVE #part.#waiting',
        ConditionExpression:
          'attempt = :attempt AND #state = :running AND #until > :now AND #part.#number = :part AND #part.#waiting = :true',
        ExpressionAttributeNames: {
          ...{ '#call': 'call', '#until': 'until', '#state': 'state' },
          ...{ '#part': 'part', '#number': 'number', '#waiting': 'waiting' },
        },
        ExpressionAttributeValues: {
          ...{ ':call': call, ':until': now() + seconds, ':now': now() },
          ...{ ':attempt': attempt, ':running': 'running', ':part': part, ':true': true },
        },
      });
      const found = item ?? (await table.get(runKey(run)));
      // As above: who has begun it is known by its call.
      return found?.call === call ? { run: toRun(found), stop: found.stop === true } : undefined;
    },

    async end(run, end) {
      const { condition, names, values: of } = still(run);
      const values: Record<string, unknown> = { ...end, endedAt: clock().toISOString() };
      const given = Object.keys(values).filter((name) => values[name] !== undefined);
      const item = await table.update({
        Key: runKey(run),
        UpdateExpression: `SET ${given.map((name) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: condition,
        ExpressionAttributeNames: { ...names, ...Object.fromEntries(given.map((name) => [`#${name}`, name])) },
        ExpressionAttributeValues: { ...of, ...Object.fromEntries(given.map((name) => [`:${name}`, values[name]])) },
      });
      return item !== undefined;
    },

    async list({ automationId = NONE, limit, cursor }) {
      const { pk } = runKey({ id: '', automationId });
      const command = new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
        ...(cursor !== undefined && { ExclusiveStartKey: { pk, sk: readCursor(cursor) } }),
      });
      const { Items = [], LastEvaluatedKey } = await table.client.send(command).catch(failed);
      return { runs: Items.map(toRun), ...(LastEvaluatedKey && { next: String(LastEvaluatedKey.sk) }) };
    },

    read: find,
    stop,

    async stopExecution(executionArn) {
      // The latest first: of the many runs of a map those that have ended need nothing.
      const { pk } = executionKey(executionArn, { id: '' });
      for await (const page of partition(table, pk, { ScanIndexForward: false }))
        for (const { sk } of page) {
          const [automationId = NONE, id = ''] = sk.split('#');
          const named = automationId === NONE ? { id } : { id, automationId };
          const found = await find(named);
          if (found?.state === 'running') await stop(named);
          else if (found?.state === 'cut') await cut(found);
        }
    },
  };
}

/** A cursor is the id of the last run of a page, and says nothing else. Errors: INPUT_INVALID. */
function readCursor(cursor: string): string {
  const read = RunId.safeParse(cursor);
  if (read.success) return read.data;
  const fields = [{ path: 'body.cursor', message: 'is none that this list has given' }];
  throw new AppError('INPUT_INVALID', { details: { fields } });
}
