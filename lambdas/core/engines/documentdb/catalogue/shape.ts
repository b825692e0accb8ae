/** Which fields the documents of a collection have, by some of them: the server knows no schema. */
import type { Document } from 'mongodb';
import { AppError } from '#contract/errors.ts';
import { ARRAY, DOCUMENT, type Field, fieldOf, fieldsOf, inner, typeName } from '../bson.ts';
import { explainStatement } from '../explain.ts';
import type { Catalogue } from './catalogue.ts';

export interface FieldShape {
  /** From the document on. */
  readonly path: readonly string[];
  /** How often each type occurs. */
  readonly types: ReadonlyMap<string, number>;
  /** The share of the documents above it that have it. */
  readonly share: number;
  readonly nested: boolean;
}

/** Deeper fields, and more of them, help nobody to find anything. */
const DEEPEST = 4;
const MOST_FIELDS = 500;
const TIME = 10_000;

/** A server without $sample gives the first documents in place of random ones. */
export async function sampledShape(
  catalogue: Catalogue,
  database: string,
  collection: string,
  count: number,
): Promise<FieldShape[]> {
  const ask = async (pipeline: Document[]) => {
    const command = { aggregate: collection, pipeline, cursor: { batchSize: count }, maxTimeMS: TIME };
    return catalogue.client.db(database).command(command, { raw: true, signal: catalogue.signal });
  };
  try {
    const reply = await ask([{ $sample: { size: count } }]).catch(() => ask([{ $limit: count }]));
    return shapeOf(documentsIn(reply));
  } catch (error) {
    throw explainStatement(error, catalogue.signal);
  }
}

function documentsIn({ cursor: raw }: Document): Buffer[] {
  const batch = fieldOf(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), 'firstBatch');
  if (!batch) throw new AppError('DATABASE_LOST');
  return Array.from(fieldsOf(batch.bytes, batch.from), inner);
}

/** In the order in which they are met, what is nested behind what holds it. */
export function shapeOf(documents: readonly Buffer[]): FieldShape[] {
  const root: Level = new Map();
  for (const document of documents) gather(document, root, 1);
  const shapes: FieldShape[] = [];
  const list = (level: Level, path: readonly string[], of: number): void => {
    for (const [name, { types, count, below }] of level) {
      if (shapes.length >= MOST_FIELDS) return;
      shapes.push({ path: [...path, name], types, share: count / of, nested: below.size > 0 });
      list(below, [...path, name], count);
    }
  };
  list(root, [], Math.max(1, documents.length));
  return shapes;
}

interface Met {
  readonly types: Map<string, number>;
  count: number;
  readonly below: Level;
}
type Level = Map<string, Met>;

function gather(document: Buffer, level: Level, depth: number): void {
  for (const field of fieldsOf(document)) {
    const met: Met = level.get(field.name) ?? { types: new Map(), count: 0, below: new Map() };
    level.set(field.name, met);
    met.count += 1;
    const type = typeName(field.type);
    met.types.set(type, (met.types.get(type) ?? 0) + 1);
    if (depth < DEEPEST) for (const each of documentsBelow(field)) gather(each, met.below, depth + 1);
  }
}

/** The documents of a field: itself, or the first of an array's. */
function documentsBelow(field: Field): Buffer[] {
  if (field.type === DOCUMENT) return [inner(field)];
  if (field.type !== ARRAY) return [];
  const first = fieldsOf(field.bytes, field.from).find(({ type }) => type === DOCUMENT);
  return first ? [inner(first)] : [];
}

/** `string`, or `string 90 %, null 10 %`. */
export function typesText({ types }: FieldShape): string {
  const [first, ...more] = [...types].sort(([, one], [, other]) => other - one);
  if (!first || more.length === 0) return first?.[0] ?? '';
  const sum = [...types.values()].reduce((one, other) => one + other, 0);
  return [first, ...more].map(([name, count]) => `${name} ${Math.round((100 * count) / sum)} %`).join(', ');
}
