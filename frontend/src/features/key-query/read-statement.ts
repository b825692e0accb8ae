/** Reads a QUERY or SCAN back into a draft. Undefined where it is neither, or holds what the form cannot show. */
import * as z from 'zod';
import { type Condition, type Draft, type Filter, OPERATORS, type Operator, type TypeName } from './draft.ts';
import type { KeyPlace } from './keyed.ts';

const Reading = z.strictObject({
  table: z.string(),
  index: z.string().optional(),
  key: z.record(z.string(), z.unknown()).optional(),
  filter: z.record(z.string(), z.unknown()).optional(),
  projection: z.array(z.string().regex(/^[^,]+$/)).optional(),
  forward: z.boolean().optional(),
  consistent: z.boolean().optional(),
  limit: z.number().int().optional(),
});
export type ReadRequest = z.output<typeof Reading> & { readonly kind: Draft['kind'] };

const REQUEST = /^\s*(query|scan)\s*(\{[\s\S]*\})\s*;?\s*$/i;

/** Its members; which of the key is the partition's only the table's description tells. */
export function readRequest(statement: string): ReadRequest | undefined {
  const [, word, json] = REQUEST.exec(statement) ?? [];
  if (!word || !json) return undefined;
  const kind = word.toLowerCase() as Draft['kind'];
  const { data, success } = Reading.safeParse(parse(json));
  const fits = success && (kind === 'query' ? data.key !== undefined : !data.key && data.forward === undefined);
  return fits ? { ...data, kind } : undefined;
}

/** A number that a float would change keeps its digits. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json, (_name, value, context?: { source?: string }) =>
      typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
        ? { N: context.source }
        : value,
    );
  } catch {
    return undefined;
  }
}

export function readDraft(request: ReadRequest, place: KeyPlace): Draft | undefined {
  const { key = {}, filter = {}, projection = [], limit } = request;
  const { [place.partition.name]: hash, ...rest } = key;
  const partition = hash === undefined ? undefined : readCondition(hash);
  const [[name, range] = [], ...more] = Object.entries(rest);
  const sort = range === undefined ? undefined : readCondition(range);
  const filters = Object.entries(filter).map(([attribute, condition], id): Filter | undefined => {
    const read = readCondition(condition);
    return read && { ...read, id, attribute };
  });
  const shown =
    (request.kind === 'scan' || (partition?.operator === '=' && partition.type === place.partition.type)) &&
    (range === undefined || (sort?.type === place.sort?.type && name === place.sort?.name && more.length === 0)) &&
    (sort === undefined || OPERATORS[sort.operator].ofKeys);
  if (!shown || !filters.every((each) => each !== undefined)) return undefined;
  return {
    kind: request.kind,
    table: request.table,
    index: request.index,
    partition: partition?.value ?? '',
    sort,
    filters,
    projection: projection.join(', '),
    forward: request.forward ?? true,
    consistent: request.consistent ?? false,
    limit: limit === undefined ? '' : String(limit),
  };
}

function readCondition(condition: unknown): Condition | undefined {
  const equal = readValue(condition);
  if (equal) return { operator: '=', upper: '', ...equal };
  const [[name, operand] = [], ...more] = Object.entries(Object(condition) as Record<string, unknown>);
  if (name === undefined || more.length > 0) return undefined;
  if (name === 'exists' && typeof operand === 'boolean')
    return { operator: operand ? 'exists' : 'missing', type: 'S', value: '', upper: '' };
  if (!Object.hasOwn(OPERATORS, name)) return undefined;
  const operator = name as Operator;
  const values = (Array.isArray(operand) ? operand : [operand]).map(readValue);
  const [first, second] = values;
  if (!first || !values.every((each) => each?.type === first.type)) return undefined;
  const { takes } = OPERATORS[operator];
  if (takes === 'list') return { operator, ...first, value: values.map((each) => each?.value).join('\n'), upper: '' };
  return { operator, ...first, upper: takes === 'two' ? (second?.value ?? '') : '' };
}

type Read = Pick<Condition, 'type' | 'value'>;

/** Lists and maps are not shown, nor a text of several lines: a field of the form has one. */
function readValue(value: unknown): Read | undefined {
  if (typeof value === 'string') return value.includes('\n') ? undefined : { type: 'S', value };
  if (typeof value === 'number') return { type: 'N', value: String(value) };
  if (typeof value === 'boolean') return { type: 'BOOL', value: String(value) };
  if (value === null) return { type: 'NULL', value: '' };
  const [[type, inner] = [], ...more] = Object.entries(Object(value) as Record<string, unknown>);
  if (type === undefined || more.length > 0) return undefined;
  if (['S', 'N', 'B'].includes(type) && isLine(inner)) return { type: type as TypeName, value: inner };
  if (['SS', 'NS', 'BS'].includes(type) && Array.isArray(inner) && inner.every(isLine))
    return { type: type as TypeName, value: inner.join('\n') };
  if (type === 'BOOL' && typeof inner === 'boolean') return { type, value: String(inner) };
  return type === 'NULL' && inner === true ? { type, value: '' } : undefined;
}

const isLine = (value: unknown): value is string => typeof value === 'string' && !value.includes('\n');
