/** The methods that change documents. */
import { type Document, Int32, ObjectId } from 'mongodb';
import { map, options, required } from './arguments.ts';
import { type CollectionMethod, command, type Operation, type Told } from './operation.ts';
import type { Call, Data } from './shell/parse.ts';
import { wrong } from './shell/wrong.ts';

/** The driver's own insert would make the `_id` that is missing; here it is told, too. */
export function insert(documents: readonly Data[], { source, call }: Parameters<CollectionMethod>[0]): Operation {
  const made = documents.map((each) => {
    if (!(each instanceof Map)) throw wrong(`${call.name}() takes documents here`, call.at);
    return each.has('_id') ? each : new Map<string, Data>([['_id', new ObjectId()], ...each]);
  });
  if (made.length === 0) throw wrong(`${call.name}() takes at least one document`, call.at);
  return {
    title: call.name,
    database: source.database,
    command: command(['insert', source.collection], ['documents', made], ...options(call, 1, ['ordered'])),
    result: ({ n }) => ({ rows: made.map((each) => ({ insertedId: each.get('_id') })), affected: Number(n) }),
  };
}

const oneOf = ({ value }: Document): Told => ({ rows: value ? [value] : [] });
const written = (reply: Document): Told => {
  const upserted = (reply.upserted as Document[] | undefined)?.map(({ _id }) => _id) ?? [];
  const { n, nModified } = reply;
  const row = nModified === undefined ? { deleted: n } : { matched: Number(n) - upserted.length, modified: nModified };
  return {
    rows: [{ ...row, ...(upserted.length > 0 && { upsertedId: upserted[0] }) }],
    affected: Number(nModified ?? n) + upserted.length,
  };
};

const UPDATE_OPTIONS = ['upsert', 'collation', 'arrayFilters', 'hint'];
const hasOperators = (update: Data): boolean =>
  Array.isArray(update) ||
  (update instanceof Map && update.size > 0 && [...update.keys()].every((name) => name.startsWith('$')));

/** The one mistake that costs data: a replacement where a change was meant, or the other way round. */
function changeOf(call: Call, at: number): Data {
  const update = required(call, at);
  const replaces = /replace/i.test(call.name);
  if (!(update instanceof Map) && !(Array.isArray(update) && !replaces))
    throw wrong(`${call.name}() takes a document here`, call.at);
  if (replaces ? hasOperators(update) : !hasOperators(update))
    throw wrong(
      replaces
        ? `${call.name}() takes a whole document, without operators`
        : `${call.name}() takes operators such as { $set: { … } }`,
      call.at,
    );
  return update;
}

export const update =
  (multi: boolean): CollectionMethod =>
  ({ source, call }) => {
    const change = command(
      ['q', map(call, 0)],
      ['u', changeOf(call, 1)],
      ['multi', multi],
      ...options(call, 2, UPDATE_OPTIONS),
    );
    return {
      title: call.name,
      database: source.database,
      command: command(['update', source.collection], ['updates', [change]]),
      result: written,
    };
  };

export const remove =
  (limit: 0 | 1): CollectionMethod =>
  ({ source, call }) => {
    const change = command(
      ['q', map(call, 0)],
      ['limit', new Int32(limit)],
      ...options(call, 1, ['collation', 'hint']),
    );
    return {
      title: call.name,
      database: source.database,
      command: command(['delete', source.collection], ['deletes', [change]]),
      result: written,
    };
  };

export const findAndModify: CollectionMethod = ({ source, call }) => {
  const removes = call.name === 'findOneAndDelete';
  const given = new Map(
    options(call, removes ? 1 : 2, [
      'sort',
      'projection',
      'upsert',
      'returnDocument',
      'returnNewDocument',
      'collation',
      'arrayFilters',
      'maxTimeMS',
    ]),
  );
  const isNew = given.get('returnDocument') === 'after' || given.get('returnNewDocument') === true;
  const fields = given.get('projection');
  for (const name of ['returnDocument', 'returnNewDocument', 'projection']) given.delete(name);
  return {
    title: call.name,
    database: source.database,
    result: (reply) => ({ ...oneOf(reply), affected: Number(reply.lastErrorObject?.n ?? 0) }),
    command: command(
      ['findAndModify', source.collection],
      ['query', map(call, 0)],
      ...(removes
        ? ([['remove', true]] as const)
        : ([
            ['update', changeOf(call, 1)],
            ['new', isNew],
          ] as const)),
      ['fields', fields],
      ...given,
    ),
  };
};
