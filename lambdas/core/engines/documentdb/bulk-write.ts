/** The shell's `bulkWrite`: its operations as the methods of the same names make them, those of one kind in a command together. */
import type { Document } from 'mongodb';
import { list, options } from './arguments.ts';
import type { Bulk, CollectionMethod, Command, Operation, Told } from './operation.ts';
import type { Call, Data, DataMap } from './shell/parse.ts';
import { wrong } from './shell/wrong.ts';
import { insert, remove, update } from './writes.ts';

interface One {
  /** What the method takes at its places; the other fields are its options. */
  readonly takes: readonly string[];
  readonly method: CollectionMethod;
}
const KINDS: ReadonlyMap<string, One> = new Map<string, One>([
  ['insertOne', { takes: ['document'], method: (given) => insert([given.call.args[0]], given) }],
  ['updateOne', { takes: ['filter', 'update'], method: update(false) }],
  ['updateMany', { takes: ['filter', 'update'], method: update(true) }],
  ['replaceOne', { takes: ['filter', 'replacement'], method: update(false) }],
  ['deleteOne', { takes: ['filter'], method: remove(1) }],
  ['deleteMany', { takes: ['filter'], method: remove(0) }],
]);
/** The field of each command that lists what it does. */
const LISTS: Readonly<Record<string, string>> = { insert: 'documents', update: 'updates', delete: 'deletes' };

export const bulkWrite: CollectionMethod<Bulk> = ({ source, call }) => {
  const commands: Command[] = [];
  const given = new Map(options(call, 1, ['ordered']));
  for (const each of list(call, 0, 'a list of operations')) {
    const { command } = operationOf(each, { source, call });
    const before = commands.at(-1);
    const [kind = ''] = command.keys();
    const field = LISTS[kind] ?? '';
    if (before?.has(kind)) before.set(field, [...listIn(before, field), ...listIn(command, field)]);
    else commands.push(new Map([...command, ...given]));
  }
  if (commands.length === 0) throw wrong('bulkWrite() takes at least one operation', call.at);
  return {
    title: 'bulkWrite',
    database: source.database,
    commands,
    ordered: given.get('ordered') !== false,
    result: (replies) => told(commands, replies),
  };
};

const listIn = (command: Command, field: string): Data[] => command.get(field) as Data[];

function operationOf(each: Data, { source, call }: Parameters<CollectionMethod>[0]): Operation {
  const [name = '', fields] = each instanceof Map && each.size === 1 ? ([...(each as DataMap)][0] ?? []) : [];
  const one = KINDS.get(name);
  if (!one || !(fields instanceof Map))
    throw wrong(
      `bulkWrite() takes operations such as { insertOne: { document: { … } } }: ${[...KINDS.keys()].join(', ')}`,
      call.at,
    );
  const rest = new Map([...(fields as DataMap)].filter(([field]) => !one.takes.includes(field)));
  const args = [...one.takes.map((field) => fields.get(field)), ...(rest.size > 0 ? [rest] : [])];
  const made: Call = { name, args, at: call.at };
  return one.method({ source, call: made });
}

/** Counts, as the shell tells them. */
function told(commands: readonly Command[], replies: readonly Document[]): Told {
  const row = { inserted: 0, matched: 0, modified: 0, deleted: 0, upserted: 0 };
  for (const [at, { n, nModified, upserted = [] }] of replies.entries()) {
    const [kind] = commands[at]?.keys() ?? [];
    const count = Number(n ?? 0);
    if (kind === 'insert') row.inserted += count;
    if (kind === 'delete') row.deleted += count;
    if (kind !== 'update') continue;
    row.upserted += upserted.length;
    row.matched += count - upserted.length;
    row.modified += Number(nModified ?? 0);
  }
  return { rows: [row], affected: row.inserted + row.modified + row.deleted + row.upserted };
}
