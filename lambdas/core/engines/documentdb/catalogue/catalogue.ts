/** The object tree: databases, collections, their indexes, and the fields that some of the documents have. */
import { BSON, type Document, type MongoClient } from 'mongodb';
import { AppError } from '#contract/errors.ts';
import type { Names, Node, NodePath, ObjectDescription } from '#contract/objects.ts';
import { explainStatement } from '../explain.ts';
import { type FieldShape, sampledShape, typesText } from './shape.ts';

export interface Catalogue {
  readonly client: MongoClient;
  /** The one that was connected to. */
  readonly database: string;
  readonly signal: AbortSignal;
}

/** So many documents tell the shape of a collection, and so many where it is only for completion. */
const SAMPLE = 100;
const SMALL_SAMPLE = 20;
/** So many collections are looked into for completion; the names of the others are enough. */
const MOST_SAMPLED = 40;
const TIME = 10_000;

const ask = (catalogue: Catalogue, database: string, command: Document): Promise<Document> =>
  catalogue.client
    .db(database)
    .command({ ...command, maxTimeMS: TIME }, { signal: catalogue.signal })
    .catch((error: unknown) => {
      throw explainStatement(error, catalogue.signal);
    });
/** What this server, or this user, may not be told is left out. */
const tried = (catalogue: Catalogue, database: string, command: Document): Promise<Document | undefined> =>
  ask(catalogue, database, command).catch(() => undefined);

/** More collections help nobody to find one. */
const MOST = 100_000;

/** All of them, batch by batch: a server fills none beyond 16 MB. */
async function collections(catalogue: Catalogue, database: string): Promise<Document[]> {
  const { client, signal } = catalogue;
  const found: Document[] = [];
  try {
    // Leaving the cursor closes it, in the server too.
    for await (const each of client.db(database).listCollections({}, { maxTimeMS: TIME, signal }))
      if (found.push(each) >= MOST) break;
  } catch (error) {
    throw explainStatement(error, signal);
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function databases(catalogue: Catalogue): Promise<string[]> {
  const listed = await tried(catalogue, 'admin', { listDatabases: 1, nameOnly: true });
  const names = ((listed?.databases ?? []) as Document[]).map(({ name }) => String(name));
  return [...new Set([...names, catalogue.database])].sort();
}

const kindOf = ({ type }: Document) => (type === 'view' ? 'view' : 'collection');

const notFound = (path: NodePath): AppError =>
  new AppError('OBJECT_NOT_FOUND', { message: `There is nothing called ${path.map(({ name }) => name).join('.')}.` });

interface Place {
  readonly database: string;
  readonly collection: Document;
  readonly rest: NodePath;
}

/** The collection that a path leads to or through. Errors: OBJECT_NOT_FOUND. */
async function placeOf(catalogue: Catalogue, path: NodePath): Promise<Place> {
  const [database, collection, ...rest] = path;
  if (database?.kind !== 'database' || !collection) throw notFound(path);
  const found = (await collections(catalogue, database.name)).find(
    (each) => each.name === collection.name && kindOf(each) === collection.kind,
  );
  if (!found) throw notFound(path);
  return { database: database.name, collection: found, rest };
}

/** One level. Errors: OBJECT_NOT_FOUND. */
export async function children(catalogue: Catalogue, path: NodePath): Promise<Node[]> {
  const [database] = path;
  if (!database) return (await databases(catalogue)).map((name) => ({ kind: 'database', name, expandable: true }));
  if (path.length === 1) {
    if (database.kind !== 'database' || !(await databases(catalogue)).includes(database.name)) throw notFound(path);
    const found = await collections(catalogue, database.name);
    return found.map((each) => ({ kind: kindOf(each), name: String(each.name), expandable: true }));
  }
  const place = await placeOf(catalogue, path);
  const [first] = place.rest;
  if (first?.kind === 'index') {
    const index = await indexOf(catalogue, place, path);
    return Object.entries(index.key).map(([name, order]) => ({
      kind: 'field',
      name,
      detail: String(order),
      expandable: false,
    }));
  }
  const fields = await fieldNodes(catalogue, place, path);
  if (first) return fields;
  const indexes = await indexesOf(catalogue, place);
  return [
    ...fields,
    ...indexes.map(
      (index): Node => ({ kind: 'index', name: String(index.name), detail: keyText(index), expandable: true }),
    ),
  ];
}

async function fieldNodes(
  catalogue: Catalogue,
  { database, collection, rest }: Place,
  path: NodePath,
): Promise<Node[]> {
  if (rest.some(({ kind }) => kind !== 'field')) throw notFound(path);
  const shapes = await sampledShape(catalogue, database, collection.name, SAMPLE);
  const above = rest.map(({ name }) => name);
  const isBelow = (shape: FieldShape) => above.every((name, at) => shape.path[at] === name);
  if (above.length > 0 && !shapes.some((shape) => isBelow(shape))) throw notFound(path);
  return shapes
    .filter((shape) => shape.path.length === above.length + 1 && isBelow(shape))
    .map((shape) => ({
      kind: 'field',
      name: shape.path.at(-1) ?? '',
      detail: `${typesText(shape)}${shape.share < 1 ? `, in ${Math.round(shape.share * 100)} %` : ''}`,
      expandable: shape.nested,
    }));
}

/** One batch holds them: a collection has 64 at most (Developer Guide of DocumentDB, "Quotas and limits"). */
async function indexesOf(catalogue: Catalogue, { database, collection }: Place): Promise<Document[]> {
  if (kindOf(collection) === 'view') return [];
  const { cursor } = await ask(catalogue, database, { listIndexes: collection.name, cursor: { batchSize: 1_000 } });
  return cursor.firstBatch;
}

async function indexOf(catalogue: Catalogue, place: Place, path: NodePath): Promise<Document> {
  const [wanted, ...more] = place.rest;
  const found = (await indexesOf(catalogue, place)).find(({ name }) => name === wanted?.name);
  if (!found || more.length > 0) throw notFound(path);
  return found;
}

const keyText = ({ key }: Document): string =>
  Object.entries(key as Document)
    .map(([name, order]) => `${name}: ${order}`)
    .join(', ');

/** Collections of the database that was connected to, with the fields that some documents have. */
export async function names(catalogue: Catalogue): Promise<Names> {
  const { database } = catalogue;
  const found = await collections(catalogue, database);
  const types: string[] = [];
  const numberOf = (type: string): number => {
    if (!types.includes(type)) types.push(type);
    return types.indexOf(type);
  };
  const tables: Names['tables'] = [];
  for (const [at, each] of found.entries()) {
    const name = String(each.name);
    const shapes = at < MOST_SAMPLED ? await sampledShape(catalogue, database, name, SMALL_SAMPLE).catch(() => []) : [];
    const fields = shapes.flatMap((shape) => [shape.path.join('.'), numberOf(typesText(shape))]);
    tables.push([database, name, kindOf(each), fields]);
  }
  return { types, tables };
}

/** Errors: OBJECT_NOT_FOUND. */
export async function describe(catalogue: Catalogue, path: NodePath): Promise<ObjectDescription> {
  const place = await placeOf(catalogue, path);
  const { database, collection, rest } = place;
  if (rest.length > 0) return describeIndex(catalogue, place, path);
  const [shapes, indexes, stats] = await Promise.all([
    sampledShape(catalogue, database, collection.name, SAMPLE),
    indexesOf(catalogue, place),
    tried(catalogue, database, { collStats: collection.name }),
  ]);
  return {
    kind: kindOf(collection),
    path,
    ...(stats && { rows: Number(stats.count ?? 0), bytes: Number(stats.storageSize ?? stats.size ?? 0) }),
    columns: shapes.map((shape) => ({
      name: shape.path.join('.'),
      type: typesText(shape),
      nullable: shape.share < 1 || shape.types.has('null'),
      generated: false,
      ...(shape.share < 1 && { comment: `in ${Math.round(shape.share * 100)} % of some ${SAMPLE} documents` }),
    })),
    keys: kindOf(collection) === 'view' ? [] : [{ name: '_id_', kind: 'primary', columns: ['_id'], definition: '_id' }],
    indexes: indexes.map((index) => ({
      name: String(index.name),
      unique: index.unique === true || index.name === '_id_',
      method: 'btree',
      definition: optionsText(index),
      ...(stats?.indexSizes?.[index.name] !== undefined && { bytes: Number(stats.indexSizes[index.name]) }),
    })),
    properties: propertiesOf(collection, stats),
    ddl: ddlOf(collection, indexes),
  };
}

async function describeIndex(catalogue: Catalogue, place: Place, path: NodePath): Promise<ObjectDescription> {
  if (place.rest[0]?.kind !== 'index') throw notFound(path);
  const index = await indexOf(catalogue, place, path);
  const columns = Object.entries(index.key).map(([name, order]) => ({
    name,
    type: String(order),
    nullable: true,
    generated: false,
  }));
  return { kind: 'index', path, columns, keys: [], indexes: [], ddl: createIndex(place.collection.name, index) };
}

/** What an index does beside its keys. */
const optionsOf = ({ v: _version, key: _key, name: _name, ns: _namespace, ...options }: Document): Document => options;
const json = (value: unknown): string => BSON.EJSON.stringify(value as Document);
const optionsText = (index: Document): string => {
  const options = optionsOf(index);
  return Object.keys(options).length > 0 ? `${keyText(index)} ${json(options)}` : keyText(index);
};

const propertiesOf = ({ options = {} }: Document, stats: Document | undefined) => [
  ...(stats?.avgObjSize ? [{ name: 'Average size', value: `${Math.round(Number(stats.avgObjSize))} bytes` }] : []),
  ...(stats?.totalIndexSize ? [{ name: 'Size of indexes', value: `${stats.totalIndexSize} bytes` }] : []),
  ...Object.entries(options as Document).map(([name, value]) => ({
    name: name === 'validator' ? 'Validation' : name,
    value: typeof value === 'object' ? json(value) : String(value),
  })),
];

const call = (collection: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(collection) ? `db.${collection}` : `db.getCollection(${JSON.stringify(collection)})`;
const createIndex = (collection: string, index: Document): string =>
  `${call(collection)}.createIndex(${json(index.key)}, ${json({ name: index.name, ...optionsOf(index) })})`;

const ddlOf = ({ name, options = {} }: Document, indexes: readonly Document[]): string =>
  [
    `db.createCollection(${JSON.stringify(name)}${Object.keys(options).length > 0 ? `, ${json(options)}` : ''})`,
    ...indexes.filter((index) => index.name !== '_id_').map((index) => createIndex(name, index)),
  ].join(';\n');
