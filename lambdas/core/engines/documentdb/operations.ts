/** What a statement of the shell asks the server for: each method is a command of MongoDB's, and no other is known. */
import { type Document, Int32 } from 'mongodb';
import { AGGREGATE_OPTIONS, COLLECTION_METHODS, DATABASE_METHODS, FIND_OPTIONS } from '#contract/mongo/methods.ts';
import { list, map, optional, options, required, text } from './arguments.ts';
import { bulkWrite } from './bulk-write.ts';
import type { Source } from './field-columns.ts';
import {
  type Bulk,
  type CollectionMethod,
  type Command,
  command,
  type Operation,
  type Step,
  type Told,
} from './operation.ts';
import type { Call, Data, DataMap, Shell } from './shell/parse.ts';
import { wrong } from './shell/wrong.ts';
import { findAndModify, insert, remove, update } from './writes.ts';

/** Errors: STATEMENT_FAILED with the place of what is not understood. */
export function operationOf(shell: Shell, database: string): Step {
  if (shell.kind === 'word')
    return shell.word === 'use' ? switchTo(shell.what, shell.at) : show(shell.what, shell.at, database);
  const { sibling, names, calls } = shell;
  if (sibling) return operationOf({ ...shell, sibling: undefined }, text(sibling, 0));
  const [first] = calls;
  if (!first) throw wrong('Here a call is expected, such as db.orders.find({})', shell.at);
  if (names.length > 0) return collectionCalls({ database, collection: names.join('.') }, calls);
  if (first.name === 'getCollection')
    return collectionCalls({ database, collection: text(first, 0) }, calls.slice(1), first);
  const method = DATABASE.get(first.name);
  if (!method) throw unknown(first, DATABASE_METHODS);
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

function collectionCalls(source: Source, calls: readonly Call[], before?: Call): Operation | Bulk {
  const [first, ...rest] = calls;
  if (!first) throw wrong('Here a call is expected, such as .find({})', before?.at ?? 0);
  if (first.name === 'bulkWrite' && !rest[0]) return bulkWrite({ source, call: first });
  return oneOperation(source, first, rest);
}

function oneOperation(source: Source, first: Call, rest: readonly Call[]): Operation {
  if (first.name === 'explain' && rest[0]) return explained(oneOperation(source, rest[0], rest.slice(1)), first);
  const method = COLLECTION.get(first.name);
  if (!method) throw unknown(first, COLLECTION_METHODS);
  return rest.reduce(modified, method({ source, call: first }));
}

/** What may follow a find or an aggregate. */
function modified(operation: Operation, call: Call): Operation {
  if (call.name === 'explain') return explained(operation, call);
  if (call.name === 'toArray' || call.name === 'pretty') return operation;
  const [kind] = operation.command.keys();
  const isFind = kind === 'find' && operation.result === 'cursor';
  if (isFind && (call.name === 'count' || call.name === 'size')) return counted(operation);
  const known: readonly string[] = isFind ? FIND_OPTIONS : kind === 'aggregate' ? AGGREGATE_OPTIONS : [];
  if (!known.includes(call.name)) throw wrong(`${call.name}() cannot follow ${operation.title}()`, call.at);
  return { ...operation, command: new Map([...operation.command, [call.name, required(call, 0)]]) };
}

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
const allOf = ({ values = [] }: Document): Told => ({ rows: (values as Data[]).map((value) => ({ value })) });

const FIND_TAKES = ['sort', 'limit', 'skip', 'hint', 'collation', 'maxTimeMS', 'batchSize', 'comment'];
const COUNT_TAKES = ['limit', 'skip', 'hint', 'collation', 'maxTimeMS'];

const find: CollectionMethod = ({ source, call }) => ({
  title: call.name,
  database: source.database,
  source,
  result: 'cursor',
  command: command(
    ['find', source.collection],
    ['filter', optional(call, 0)],
    ['projection', call.args[1] == null ? undefined : map(call, 1)],
    ...options(call, 2, FIND_TAKES),
  ),
});

const findOne: CollectionMethod = (given) => {
  const operation = find(given);
  return { ...operation, command: new Map([...operation.command, ['limit', new Int32(1)], ['singleBatch', true]]) };
};

const AGGREGATE_TAKES = ['allowDiskUse', 'collation', 'hint', 'let', 'maxTimeMS', 'comment'];
const aggregate: CollectionMethod = ({ source, call }) => ({
  title: 'aggregate',
  database: source.database,
  result: 'cursor',
  command: command(
    ['aggregate', source.collection],
    ['pipeline', list(call, 0, 'a list of stages')],
    ['cursor', new Map()],
    ...options(call, 1, AGGREGATE_TAKES),
  ),
});

const count: CollectionMethod = ({ source, call }) => ({
  title: call.name,
  database: source.database,
  result: counting,
  command: command(
    ['count', source.collection],
    ['query', call.name === 'estimatedDocumentCount' ? undefined : optional(call, 0)],
    ...options(call, call.name === 'estimatedDocumentCount' ? 0 : 1, COUNT_TAKES),
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

const unknown = ({ name, at }: Call, known: readonly string[]) =>
  wrong(`Lodge knows no method ${name}()`, at, `It knows ${known.join(', ')}.`);
