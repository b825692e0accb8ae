/**
 * Saved scripts: a head an item, without the text, so that a list is read at once; a partition of versions for each, with
 * their texts. A head and its new version are written together or not at all.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '#contract/errors.ts';
import { type Script, type ScriptDraft, ScriptHead, type ScriptSearch, ScriptVersion } from '#contract/scripts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Scripts } from '../../ports/scripts.ts';
import { pageByName, placeOf } from './by-name.ts';
import { partition } from './partition.ts';
import type { Key, Table } from './table.ts';

const headKey = (id: string) => ({ pk: 'SCRIPTS', sk: id }) as const;
const versionsOf = (id: string) => `SCRIPT#${id}`;
/** Sorts as the number does. */
const versionKey = (id: string, version: number): Key => ({
  pk: versionsOf(id),
  sk: String(version).padStart(9, '0'),
});

/** What a version is of: where this has changed, there is a new one. */
const Runs = ScriptVersion.omit({ version: true, at: true, by: true });
const Told = ScriptHead.pick({ name: true, description: true, tags: true, shared: true });
const Head = ScriptHead.omit({ id: true });

/** At most so many deletes at once. */
const BATCH = 25;

export function scriptItems(table: Table, clock: Clock): Scripts {
  async function headOf(id: string): Promise<ScriptHead | undefined> {
    const item = await table.get(headKey(id));
    return item && { id, ...Head.parse(item) };
  }
  async function versionOf(id: string, version: number): Promise<ScriptVersion | undefined> {
    const item = await table.get(versionKey(id, version));
    return item && ScriptVersion.parse(item);
  }

  return {
    async list(search, userId) {
      const found = [];
      for await (const items of partition(table, headKey('').pk, visibleTo(userId)))
        for (const item of items) {
          const script = { id: item.sk, ...Head.parse(item) };
          if (fits(script, search, userId)) found.push({ item: script, place: placeOf(script.name, script.id) });
        }
      const { items, ...more } = pageByName(found, search);
      return { scripts: items, ...more };
    },

    async read(id, wanted) {
      const head = await headOf(id);
      const version = head && (await versionOf(id, wanted ?? head.version));
      return head && version && together(head, version);
    },

    async versions(id, { limit, before }) {
      const found: ScriptVersion[] = [];
      const asked = {
        ...(before && {
          KeyConditionExpression: 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: { ':before': versionKey(id, before).sk },
        }),
        ScanIndexForward: false,
        Limit: limit,
      };
      for await (const items of partition(table, versionsOf(id), asked)) {
        found.push(...items.map((item) => ScriptVersion.parse(item)));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },

    async create(draft, by) {
      const id = randomUUID().replaceAll('-', '');
      const changed = { at: clock().toISOString(), by };
      const version = { ...Runs.parse(draft), version: 1, ...changed };
      const head = headFrom(draft, { id, version: 1, owner: by, createdAt: changed.at, changed, revision: 1 });
      const written = await table.write([
        { Item: itemOf(head), ConditionExpression: 'attribute_not_exists(pk)' },
        newVersion(id, version),
      ]);
      // Nobody else can have an id of 122 random bits.
      if (!written) throw new AppError('CHANGED_MEANWHILE');
      return together(head, version);
    },

    async change(id, revision, draft, by) {
      const head = await headOf(id);
      if (!head) throw new AppError('SCRIPT_NOT_FOUND');
      const newest = await versionOf(id, head.version);
      if (head.revision !== revision || !newest) throw new AppError('CHANGED_MEANWHILE');
      const changed = { at: clock().toISOString(), by };
      const runs = Runs.parse(draft);
      const isNew = !isDeepStrictEqual(runs, Runs.parse(newest));
      const version = isNew ? { ...runs, version: head.version + 1, ...changed } : newest;
      const { owner, createdAt } = head;
      const known = { id, version: version.version, owner, createdAt, changed, revision: revision + 1 };
      const next = headFrom(draft, known);
      const newHead = {
        Item: itemOf(next),
        ConditionExpression: 'revision = :seen',
        ExpressionAttributeValues: { ':seen': revision },
      };
      const written = await table.write(isNew ? [newHead, newVersion(id, version)] : [newHead]);
      if (!written) throw new AppError('CHANGED_MEANWHILE');
      return together(next, version);
    },

    async remove(id) {
      const removed = await table.remove(headKey(id));
      for await (const items of partition(table, versionsOf(id), { ProjectionExpression: 'sk', Limit: BATCH }))
        await Promise.all(items.map(({ sk }) => table.remove({ pk: versionsOf(id), sk })));
      return removed;
    },
  };
}

const visibleTo = (userId: string) => ({
  // Both are reserved words.
  FilterExpression: '#shared = :yes OR #owner.id = :user',
  ExpressionAttributeNames: { '#shared': 'shared', '#owner': 'owner' },
  ExpressionAttributeValues: { ':yes': true, ':user': userId },
});

const WHOSE: Readonly<Record<ScriptSearch['whose'], (script: ScriptHead, userId: string) => boolean>> = {
  all: () => true,
  own: ({ owner }, userId) => owner.id === userId,
  shared: ({ shared }) => shared,
};

function fits(script: ScriptHead, { text = '', tag, whose }: ScriptSearch, userId: string): boolean {
  const { name, description, tags, owner } = script;
  if (!WHOSE[whose](script, userId) || (tag !== undefined && !tags.includes(tag))) return false;
  return [name, description, ...tags, owner.name].some((each) => each.toLowerCase().includes(text.toLowerCase()));
}

type Known = Pick<ScriptHead, 'id' | 'version' | 'owner' | 'createdAt' | 'changed' | 'revision'>;

function headFrom(draft: ScriptDraft, known: Known): ScriptHead {
  const { text: _, ...runs } = Runs.parse(draft);
  return { ...Told.parse(draft), ...runs, ...known };
}

const newVersion = (id: string, version: ScriptVersion) => ({
  Item: { ...versionKey(id, version.version), ...version },
  ConditionExpression: 'attribute_not_exists(pk)',
});

const itemOf = ({ id, ...head }: ScriptHead) => ({ ...headKey(id), ...head });

/** A script as one of its versions has it: an older one ran elsewhere, and with other parameters. */
function together(head: ScriptHead, version: ScriptVersion): Script {
  const { id, owner, createdAt, changed, revision } = head;
  return {
    ...Told.parse(head),
    ...Runs.parse(version),
    ...{ id, owner, createdAt, changed, revision, version: version.version },
  };
}
