/** What a statement of the shell asks the server for: each method is a command of MongoDB's, and no other is known. */
import { type Document, Int32, Long, ObjectId } from 'mongodb';
import type { Source } from './field-columns.ts';
import type { Call, Data, DataMap, Shell } from './shell/parse.ts';
import { wrong } from './shell/wrong.ts';

/** A command's first name is what it does. */
export type Command = Map<string, Data>;

export interface Operation {
  /** The word that a result is headed by. */
  readonly title: string;
  readonly database: string;
  readonly command: Command;
  /** `cursor`: rows come batch by batch; else what the reply tells. */
  readonly result: 'cursor' | ((reply: Document) => Told);
  /** Whose documents the rows are, where they are a collection's own. */
  readonly source?: Source;
}
export interface Told {
  readonly rows: readonly (DataMap | Document)[];
  readonly affected?: number;
}
export type Step = Operation | { readonly use: string };

/** Errors: STATEMENT_FAILED with the place of what is not understood. */
export function operationOf(shell: Shell, database: string): Step {
  if (shell.kind === 'word')
    return shell.word === 'use' ? switchTo(shell.what, shell.at) : show(shell.what, shell.at, database);
  const { names, calls } = shell;
  const [first] = calls;
  if (!first) throw wrong('Here a call is expected, such as db.orders.find({})', shell.at);
  if (names.length > 0) return collectionCalls({ database, collection: names.join('.') }, calls);
  if (first.name === 'getCollection')
    return collectionCalls({ database, collection: text(first, 0) }, calls.slice(1), first);
  if (first.name === 'getSiblingDB') {
    const [, ...rest] = calls;
    return operationOf({ ...shell, calls: rest }, text(first, 0));
  }
  const method = DATABASE.get(first.name);
  if (!method) throw unknown(first, DATABASE);
  if (calls[1]) throw wrong('Here the statement should end', calls[1].at);
  return method({ database, call: first });
}

const switchTo = (name: string, at: number): Step => {
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(name)) throw wrong('Here the name of a database is expected', at);
  return { use: name };
};

function show(what: string, at: number, database: string): Step {
  const asked = SHOWS.get(what);
  if (!asked) throw wrong('Here `dbs` or `collections` is expected', at);
  return asked(database);
}

type Method = (given: { readonly database: string; readonly call: Call }) => Operation;
type CollectionMethod = (given: { readonly source: Source; readonly call: Call }) => Operation;

function collectionCalls(source: Source, calls: readonly Call[], before?: Call): Operation {
  const [first, ...rest] = calls;
  if (!first) throw wrong('Here a call is expected, such as .find({})', before?.at ?? 0);
  if (first.name === 'explain' && rest[0]) return explained(collectionCalls(source, rest), first);
  const method = COLLECTION.get(first.name);
  if (!method) throw unknown(first, COLLECTION);
  return rest.reduce(modified, method({ source, call: first }));
}

/** What may follow a find or an aggregate. */
function modified(operation: Operation, call: Call): Operation {
  if (call.name === 'explain') return explained(operation, call);
  if (call.name === 'toArray' || call.name === 'pretty') return operation;
  const [kind] = operation.command.keys();
  const isFind = kind === 'find' && operation.result === 'cursor';
  if (isFind && (call.name === 'count' || call.name === 'size')) return counted(operation);
  const option = MODIFIERS.get(call.name);
  if (!option || !(isFind || (kind === 'aggregate' && ANY_CURSOR.has(call.name))))
    throw wrong(`${call.name}() cannot follow ${operation.title}()`, call.at);
  return { ...operation, command: new Map([...operation.command, [option, required(call, 0)]]) };
}

const MODIFIERS: ReadonlyMap<string, string> = new Map([
  ['sort', 'sort'],
  ['limit', 'limit'],
  ['skip', 'skip'],
  ['hint', 'hint'],
  ['collation', 'collation'],
  ['maxTimeMS', 'maxTimeMS'],
  ['projection', 'projection'],
  ['batchSize', 'batchSize'],
  ['comment', 'comment'],
  ['min', 'min'],
  ['max', 'max'],
]);
const ANY_CURSOR: ReadonlySet<string> = new Set(['hint', 'collation', 'maxTimeMS', 'comment']);

function explained({ database, command }: Operation, call: Call): Operation {
  const verbosity = call.args[0] === undefined ? 'queryPlanner' : text(call, 0);
  const explain: Command = new Map<string, Data>([
    ['explain', command],
    ['verbosity', verbosity],
  ]);
  return { title: 'explain', database, command: explain, result: whole };
}

function counted({ database, command, ...rest }: Operation): Operation {
  const kept = ['skip', 'limit', 'hint', 'collation', 'maxTimeMS'].filter((name) => command.has(name));
  const count: Command = new Map([
    ['count', command.get('find')],
    ['query', command.get('filter')],
    ...kept.map((name) => [name, command.get(name)] as const),
  ]);
  return { ...rest, title: 'count', database, command: count, result: counting };
}

const whole = (reply: Document): Told => ({ rows: [reply] });
const counting = ({ n }: Document): Told => ({ rows: [{ count: n }] });
const oneOf = ({ value }: Document): Told => ({ rows: value ? [value] : [] });
const allOf = ({ values = [] }: Document): Told => ({ rows: (values as Data[]).map((value) => ({ value })) });

const command = (...fields: readonly (readonly [string, Data])[]): Command =>
  new Map(fields.filter(([, value]) => value !== undefined));

/** Documents and texts at their places; what is too much or of another kind is an error at the call. */
const required = (call: Call, at: number): Data => {
  if (call.args[at] === undefined)
    throw wrong(`${call.name}() needs ${at === 0 ? 'a value' : `${at + 1} values`} here`, call.at);
  return call.args[at];
};
const map = (call: Call, at: number, what = 'a document'): DataMap => {
  const value = required(call, at);
  if (!(value instanceof Map)) throw wrong(`${call.name}() takes ${what} here`, call.at);
  return value;
};
const optional = (call: Call, at: number): DataMap => (call.args[at] == null ? new Map() : map(call, at));
const text = (call: Call, at: number): string => {
  const value = required(call, at);
  if (typeof value !== 'string' || value === '') throw wrong(`${call.name}() takes a text in quotes here`, call.at);
  return value;
};
const list = (call: Call, at: number, what: string): Data[] => {
  const value = required(call, at);
  if (!Array.isArray(value)) throw wrong(`${call.name}() takes ${what} here`, call.at);
  return value;
};

/** Only the options that a method has: others would be fields of the command. */
const options = (call: Call, at: number, known: readonly string[]): [string, Data][] =>
  [...optional(call, at)].map(([name, value]) => {
    if (!known.includes(name)) throw wrong(`${call.name}() has no option ${name}: it has ${known.join(', ')}`, call.at);
    return [name, value];
  });

const FIND_OPTIONS = ['sort', 'limit', 'skip', 'hint', 'collation', 'maxTimeMS', 'batchSize', 'comment'];
const COUNT_OPTIONS = ['limit', 'skip', 'hint', 'collation', 'maxTimeMS'];

const find: CollectionMethod = ({ source, call }) => ({
  title: call.name,
  database: source.database,
  source,
  result: 'cursor',
  command: command(
    ['find', source.collection],
    ['filter', optional(call, 0)],
    ['projection', call.args[1] == null ? undefined : map(call, 1)],
    ...options(call, 2, FIND_OPTIONS),
  ),
});

const findOne: CollectionMethod = (given) => {
  const operation = find(given);
  return { ...operation, command: new Map([...operation.command, ['limit', new Int32(1)], ['singleBatch', true]]) };
};

const AGGREGATE_OPTIONS = ['allowDiskUse', 'collation', 'hint', 'let', 'maxTimeMS', 'comment'];
const aggregate: CollectionMethod = ({ source, call }) => ({
  title: 'aggregate',
  database: source.database,
  result: 'cursor',
  command: command(
    ['aggregate', source.collection],
    ['pipeline', list(call, 0, 'a list of stages')],
    ['cursor', new Map()],
    ...options(call, 1, AGGREGATE_OPTIONS),
  ),
});

const count: CollectionMethod = ({ source, call }) => ({
  title: call.name,
  database: source.database,
  result: counting,
  command: command(
    ['count', source.collection],
    ['query', call.name === 'estimatedDocumentCount' ? undefined : optional(call, 0)],
    ...options(call, call.name === 'estimatedDocumentCount' ? 0 : 1, COUNT_OPTIONS),
  ),
});

const distinct: CollectionMethod = ({ source, call }) => ({
  title: 'distinct',
  database: source.database,
  result: allOf,
  command: command(
    ['distinct', source.collection],
    ['key', text(call, 0)],
    ['query', optional(call, 1)],
    ...options(call, 2, ['collation', 'maxTimeMS']),
  ),
});

/** The driver's own insert would make the `_id` that is missing; here it is told, too. */
function insert(documents: readonly Data[], { source, call }: Parameters<CollectionMethod>[0]): Operation {
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

const update =
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

const remove =
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

const findAndModify: CollectionMethod = ({ source, call }) => {
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

const createIndex: CollectionMethod = ({ source, call }) => {
  const keys = map(call, 0, 'the keys of the index');
  const given = optional(call, 1);
  const name = given.get('name') ?? [...keys].map(([field, order]) => `${field}_${order}`).join('_');
  const index = new Map<string, Data>([['key', keys], ...given, ['name', name]]);
  return {
    title: 'createIndex',
    database: source.database,
    result: whole,
    command: command(['createIndexes', source.collection], ['indexes', [index]]),
  };
};

const plain =
  (name: string, ...more: readonly (readonly [string, (call: Call) => Data])[]): CollectionMethod =>
  ({ source, call }) => ({
    title: call.name,
    database: source.database,
    result: whole,
    command: command([name, source.collection], ...more.map(([field, read]) => [field, read(call)] as const)),
  });

const indexes: CollectionMethod = ({ source, call }) => ({
  title: call.name,
  database: source.database,
  result: 'cursor',
  command: command(['listIndexes', source.collection], ['cursor', new Map()]),
});

const COLLECTION: ReadonlyMap<string, CollectionMethod> = new Map<string, CollectionMethod>([
  ['find', find],
  ['findOne', findOne],
  ['aggregate', aggregate],
  ['count', count],
  ['countDocuments', count],
  ['estimatedDocumentCount', count],
  ['distinct', distinct],
  ['getIndexes', indexes],
  ['stats', plain('collStats')],
  ['insertOne', (given) => insert([required(given.call, 0)], given)],
  ['insertMany', (given) => insert(list(given.call, 0, 'a list of documents'), given)],
  ['updateOne', update(false)],
  ['updateMany', update(true)],
  ['replaceOne', update(false)],
  ['deleteOne', remove(1)],
  ['deleteMany', remove(0)],
  ['findOneAndUpdate', findAndModify],
  ['findOneAndReplace', findAndModify],
  ['findOneAndDelete', findAndModify],
  ['createIndex', createIndex],
  ['dropIndex', plain('dropIndexes', ['index', (call) => required(call, 0)])],
  ['drop', plain('drop')],
]);

const listed = (database: string): Operation => ({
  title: 'show collections',
  database,
  result: 'cursor',
  command: command(['listCollections', new Int32(1)], ['nameOnly', true], ['cursor', new Map()]),
});
const SHOWS: ReadonlyMap<string, (database: string) => Operation> = new Map([
  ['dbs', databases],
  ['databases', databases],
  ['collections', listed],
  ['tables', listed],
]);
function databases(): Operation {
  return {
    title: 'show dbs',
    database: 'admin',
    command: command(['listDatabases', new Int32(1)]),
    result: (reply) => ({ rows: reply.databases }),
  };
}

/** Commands that answer with a cursor. */
const CURSORS: ReadonlySet<string> = new Set(['find', 'aggregate', 'listCollections', 'listIndexes']);
const run =
  (where?: string): Method =>
  ({ database, call }) => {
    const given = call.args[0];
    const asked: DataMap = typeof given === 'string' ? new Map([[given, new Int32(1)]]) : map(call, 0);
    const [name = ''] = asked.keys();
    if (asked.size === 0) throw wrong(`${call.name}() takes a command here`, call.at);
    return { title: name, database: where ?? database, command: asked, result: CURSORS.has(name) ? 'cursor' : whole };
  };
const bare =
  (name: string): Method =>
  ({ database, call }) => ({ title: call.name, database, command: command([name, new Int32(1)]), result: whole });

const DATABASE: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['runCommand', run()],
  ['adminCommand', run('admin')],
  ['getCollectionNames', ({ database }) => listed(database)],
  ['getCollectionInfos', ({ database }) => listed(database)],
  [
    'createCollection',
    ({ database, call }) => ({
      title: 'createCollection',
      database,
      result: whole,
      command: command(['create', text(call, 0)], ...optional(call, 1)),
    }),
  ],
  ['dropDatabase', bare('dropDatabase')],
  ['stats', bare('dbStats')],
  ['version', bare('buildInfo')],
  ['serverStatus', bare('serverStatus')],
  ['hostInfo', bare('hostInfo')],
]);

const unknown = ({ name, at }: Call, known: ReadonlyMap<string, unknown>) =>
  wrong(`Lodge knows no method ${name}()`, at, `It knows ${[...known.keys()].join(', ')}.`);

/** A number of the driver's, which may be one of BSON's classes. */
export const numberOf = (value: Data): number => (value instanceof Long ? value.toNumber() : Number(value));
