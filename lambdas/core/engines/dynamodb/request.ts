/**
 * `QUERY {…}` and `SCAN {…}`: DynamoDB's two reading operations as JSON. It is parsed as data and never evaluated, and what
 * it may hold is said by the schemas below.
 */
import type { AttributeValue, QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { AppError } from '#contract/errors.ts';

/** DynamoDB JSON with one type (API Reference, AttributeValue); binary as base64. */
const Typed: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ B: z.base64().transform(bytesOf) }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.literal(true) }),
    z.strictObject({ SS: z.array(z.string()) }),
    z.strictObject({ NS: z.array(z.string()) }),
    z.strictObject({ BS: z.array(z.base64().transform(bytesOf)) }),
    z.strictObject({ L: z.array(Typed) }),
    z.strictObject({ M: z.record(z.string(), Typed) }),
  ]),
);

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** A text, a number, a boolean and null stand for themselves; everything else is written with its type. */
const Value = z.union([
  z.string().transform((S): AttributeValue => ({ S })),
  z.number().transform((N): AttributeValue => ({ N: String(N) })),
  z.boolean().transform((BOOL): AttributeValue => ({ BOOL })),
  z.null().transform((): AttributeValue => ({ NULL: true })),
  Typed,
]);
type Value = z.output<typeof Value>;

const Pair = z.tuple([Value, Value]);
const KeyCondition = z.union([
  Value.transform((value): Condition => ({ '=': value })),
  z.strictObject({ '=': Value }),
  z.strictObject({ '<': Value }),
  z.strictObject({ '<=': Value }),
  z.strictObject({ '>': Value }),
  z.strictObject({ '>=': Value }),
  z.strictObject({ between: Pair }),
  z.strictObject({ begins_with: Value }),
]);
const FilterCondition = z.union([
  KeyCondition,
  z.strictObject({ '<>': Value }),
  z.strictObject({ in: z.array(Value).min(1).max(100) }),
  z.strictObject({ contains: Value }),
  z.strictObject({ exists: z.boolean() }),
]);
type Condition = { readonly [operator: string]: Value | readonly Value[] | boolean };

const Name = z.string().min(1).max(255);
const READING = {
  table: z.string().min(1).max(2_048),
  index: Name.optional(),
  /** All of them must hold. */
  filter: z.record(Name, FilterCondition).optional(),
  /** The attributes to return; left out: all. */
  projection: z.array(Name).min(1).optional(),
  consistent: z.boolean().optional(),
  /** Reading stops after so many items. */
  limit: z.number().int().min(1).optional(),
};
const Query = z.strictObject({
  ...READING,
  /** The partition key, and perhaps a condition on the sort key. */
  key: z.record(Name, KeyCondition),
  /** False: backwards by the sort key. */
  forward: z.boolean().optional(),
});
const Scan = z.strictObject(READING);

export interface Request {
  readonly kind: 'query' | 'scan';
  readonly table: string;
  readonly index: string | undefined;
  readonly filtered: boolean;
  readonly limit: number | undefined;
  readonly input: QueryCommandInput & ScanCommandInput;
}

const REQUEST = /^\s*(query|scan)\s*(\{[\s\S]*\})\s*$/i;

/** Reads a QUERY or SCAN statement; undefined where it is neither. Errors: STATEMENT_FAILED, naming the wrong member. */
export function readRequest(statement: string): Request | undefined {
  const [, word, json] = REQUEST.exec(statement) ?? [];
  if (!word || !json) return undefined;
  const kind = word.toLowerCase() as Request['kind'];
  const schema = kind === 'query' ? Query : Scan;
  const parsed = schema.safeParse(parse(json));
  if (!parsed.success) throw refused(wrongWords(word.toUpperCase(), Object.keys(schema.shape), parsed.error));
  const asked: z.output<typeof Scan> & Partial<z.output<typeof Query>> = parsed.data;
  return {
    kind,
    table: asked.table,
    index: asked.index,
    filtered: asked.filter !== undefined,
    limit: asked.limit,
    input: inputOf(asked),
  };
}

/** Which member is wrong, and what may stand there: `QUERY has no key “filters”. It takes table, index, …`. */
function wrongWords(word: string, known: readonly string[], { issues }: z.ZodError): string {
  const sentences = issues.map((issue) => {
    const { code, path } = issue;
    if (code === 'unrecognized_keys' && path.length === 0) {
      const given = issue.keys.map((key) => `“${key}”`).join(', ');
      return `${word} has no ${issue.keys.length === 1 ? 'key' : 'keys'} ${given}. It takes ${listed(known)}.`;
    }
    const [first = '', ...inner] = path.map(String);
    const kind = KINDS[first] ?? 'another value';
    if (first === 'key' || first === 'filter')
      return inner.length > 0
        ? `The condition ${[first, ...inner].join('.')} of ${word} is not understood: it is a value, or ${kind}.`
        : `${word} has a ${first} that is not understood, or none: it is an object of conditions by attribute.`;
    return `${first} of ${word} is not understood, or missing: it is ${kind}.`;
  });
  return [...new Set(sentences)].join(' ');
}

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** What each member is. Of conditions, those that stand in an object. */
const KEY_CONDITIONS = 'one of =, <, <=, >, >=, between [low, high] and begins_with in an object';
const KINDS: Readonly<Record<string, string>> = {
  table: 'the name or the ARN of a table',
  index: 'the name of an index',
  key: KEY_CONDITIONS,
  filter: `${KEY_CONDITIONS}, or one of <>, in […], contains and exists`,
  projection: 'a list of attributes, such as ["pk", "total"]',
  consistent: 'true or false',
  limit: 'a whole number, 1 at least',
  forward: 'true or false',
};

function inputOf({ table, index, key, filter, projection, forward, consistent }: Asked): Request['input'] {
  const names = new Names();
  const expressions = {
    KeyConditionExpression: key && names.all(key),
    FilterExpression: filter && names.all(filter),
    ProjectionExpression: projection?.map((name) => names.name(name)).join(', '),
    ExpressionAttributeNames: names.names,
    ExpressionAttributeValues: names.values,
    IndexName: index,
    ScanIndexForward: forward,
    ConsistentRead: consistent,
  };
  const given = Object.entries(expressions).filter(([, value]) => value && Object.keys(Object(value)).length !== 0);
  const flags = Object.entries({ ScanIndexForward: forward, ConsistentRead: consistent });
  return { TableName: table, ...Object.fromEntries([...given, ...flags.filter(([, value]) => value !== undefined)]) };
}
type Asked = z.output<typeof Scan> & Partial<z.output<typeof Query>>;

/** Placeholders for names and values, for names may be reserved words (Developer Guide, "Expression attribute names"). */
class Names {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, AttributeValue> = {};

  name(name: string): string {
    const known = Object.entries(this.names).find(([, each]) => each === name)?.[0];
    const placeholder = known ?? `#n${Object.keys(this.names).length}`;
    this.names[placeholder] = name;
    return placeholder;
  }

  /** Every condition, joined by AND. */
  all(conditions: Readonly<Record<string, Condition>>): string {
    return Object.entries(conditions)
      .map(([name, condition]) => {
        const [operator = '=', operand] = Object.entries(condition)[0] ?? [];
        const write = WRITING[operator] ?? compare(operator);
        return write(this.name(name), operand as never, this);
      })
      .join(' AND ');
  }

  value(value: AttributeValue): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}

type Write = (name: string, operand: never, names: Names) => string;
const compare =
  (operator: string): Write =>
  (name, operand: Value, names) =>
    `${name} ${operator} ${names.value(operand)}`;
const called =
  (operator: string): Write =>
  (name, operand: Value, names) =>
    `${operator}(${name}, ${names.value(operand)})`;
const WRITING: Readonly<Record<string, Write>> = {
  begins_with: called('begins_with'),
  contains: called('contains'),
  between: (name, [low, high]: [Value, Value], names) => `${name} BETWEEN ${names.value(low)} AND ${names.value(high)}`,
  in: (name, values: readonly Value[], names) => `${name} IN (${values.map((value) => names.value(value)).join(', ')})`,
  exists: (name, exists: boolean) => `${exists ? 'attribute_exists' : 'attribute_not_exists'}(${name})`,
};

/** JSON, in which a number that a float would change becomes `{ "N": "…" }` with all its digits. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json, (_name, value, context?: { source?: string }) =>
      typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
        ? { N: context.source }
        : value,
    );
  } catch (error) {
    throw refused(`What follows QUERY or SCAN is not valid JSON: ${(error as Error).message}.`);
  }
}

const refused = (message: string): AppError =>
  new AppError('STATEMENT_FAILED', {
    message,
    details: {
      hint: 'Such as QUERY { "table": "t", "key": { "pk": "a", "sk": { "begins_with": "b" } }, "forward": false }.',
    },
  });
