/** Inputs made from the routes' own schemas: as they should be, nearly so, and as only an enemy sends them. */
import fc from 'fast-check';
import * as z from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;
type Given = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Stands in every hostile text, so that an answer or a log line that repeats one is seen. */
export const CANARY = 'c4n4ry';

/** What a schema takes. `given` says better what some fields hold, by their names: a token, an ARN. */
export const valid = (type: z.ZodType, given: Given = {}): fc.Arbitrary<unknown> =>
  made(z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema, given);

/** The same with one place of it spoilt: taken away, or changed for something else. */
export const nearlyValid = (type: z.ZodType, given: Given = {}): fc.Arbitrary<unknown> =>
  fc.tuple(valid(type, given), hostile, fc.nat(), fc.nat(3)).map(([value, other, at, how]) => {
    const copy = structuredClone(value);
    const places = placesOf(copy);
    const [object, key] = places[at % Math.max(places.length, 1)] ?? [];
    if (!object || key === undefined) return other;
    if (how === 0) delete object[key];
    else if (how === 1) object[`${key}${CANARY}`] = other;
    else object[key] = other;
    return copy;
  });

type Holder = Record<string, unknown>;

function placesOf(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key): [Holder, string][] => [[holder, key], ...placesOf(holder[key])]);
}

const MAKERS: Readonly<Record<string, (schema: Schema, given: Given) => fc.Arbitrary<unknown>>> = {
  object: objects,
  array: ({ items, minItems = 0, maxItems = 4 }, given) =>
    fc.array(made(items as Schema, given), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 4)),
    }),
  string: strings,
  integer: (schema) => fc.integer(range(schema)),
  number: (schema) => fc.double({ ...range(schema), noNaN: true }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
};

function made(schema: Schema, given: Given): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map((option) => made(option as Schema, given)));
  return MAKERS[String(schema.type)]?.(schema, given) ?? fc.jsonValue();
}

function objects({ properties = {}, required = [] }: Schema, given: Given): fc.Arbitrary<unknown> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, field] of Object.entries(properties)) fields[name] = given[name] ?? made(field as Schema, given);
  return fc.record(fields, { requiredKeys: required });
}

const range = ({ minimum = -(2 ** 31), maximum = 2 ** 31 - 1 }: Schema) => ({
  min: Math.max(minimum, Number.MIN_SAFE_INTEGER),
  max: Math.min(maximum, Number.MAX_SAFE_INTEGER),
});

function strings({ pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  const size = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) };
  return fc.oneof(fc.string(size), anyText(size));
}

/** Any code points, halves of surrogate pairs too: as `unit: 'binary'`, without its table of a million entries. */
function anyText(size: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.array(fc.nat(0x10ffff), size).map((points) => String.fromCodePoint(...points).slice(0, size.maxLength));
}

/** Texts that have broken something somewhere: separators, ends of lines, half characters, names of prototypes, size. */
const hostileTexts = fc.constantFrom(
  ...[
    '',
    '\0',
    '\r\nset-cookie: a=b\r\n\r\n<script>',
    '\ud800',
    '\udfff\ud800',
    '\u202e\u2028\u2029\ufeff',
    '__proto__',
    'constructor',
    '../../../../etc/passwd',
    '%00%2e%2e%2f',
    `'; drop table users; --`,
    '{{7*7}}#{7*7}',
    '<img src=x onerror=alert(1)>',
    '=cmd|calc!A0',
    'arn:aws:rds:eu-central-1:111122223333:db:',
    '169.254.169.254',
    '*'.repeat(60),
    '(a+)+$'.repeat(20),
  ].map((text) => `${text}${CANARY}`),
  CANARY.repeat(500),
);

/** Objects whose keys would reach a prototype, read from text: a literal would set it. */
const poison = fc.constantFrom(
  ...[
    `{"__proto__":{"polluted":"${CANARY}"}}`,
    `{"constructor":{"prototype":{"polluted":"${CANARY}"}}}`,
    `{"toString":1,"valueOf":2,"hasOwnProperty":3,"toJSON":4}`,
    `{"length":-1,"0":"${CANARY}"}`,
    `{"then":"${CANARY}"}`,
  ].map((text): unknown => JSON.parse(text)),
);

const numbers = fc.constantFrom(0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, -(2 ** 63), Number.MIN_VALUE);
const deep = fc.integer({ min: 1, max: 400 }).map((depth) => {
  let value: unknown = CANARY;
  for (let at = 0; at < depth; at += 1) value = at % 2 ? { a: value } : [value];
  return value;
});

/** What JSON can hold and no route asks for. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileTexts,
  poison,
  numbers,
  fc.constantFrom(null, true, false, [], {}, [[]], ''),
  fc.array(hostileTexts, { maxLength: 60 }),
  deep,
  fc.jsonValue(),
);

/** Bodies that are no JSON at all. */
const broken = fc.oneof(
  anyText(),
  fc.constantFrom(
    '',
    ' ',
    '{',
    `{"${CANARY}`,
    `["${CANARY}",]`,
    'NaN',
    'undefined',
    '\u0000{}',
    '\ufeff{}',
    '1e999',
    `{"a":1e999,"a":"${CANARY}"}`,
    '['.repeat(20_000),
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    `--${CANARY}\r\ncontent-disposition: form-data; name="a"`,
  ),
);

/** The text of a body for a route, mostly of the right shape. */
export const bodies = (type: z.ZodType | undefined, given: Given = {}): fc.Arbitrary<string | undefined> => {
  const json = (from: fc.Arbitrary<unknown>) => from.map((value) => JSON.stringify(value));
  if (!type) return fc.oneof(fc.constant(undefined), json(hostile), broken);
  return fc.oneof(
    { weight: 4, arbitrary: json(valid(type, given)) },
    { weight: 5, arbitrary: json(nearlyValid(type, given)) },
    { weight: 2, arbitrary: json(hostile) },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
};

/** Headers of every kind, above all those that are read. Line breaks in values are what a gateway would stop, and may not. */
export const headers = (cookie: string): fc.Arbitrary<Record<string, string>> => {
  const odd = fc.oneof(anyText({ maxLength: 60 }), hostileTexts);
  const cookies = fc.oneof(
    { weight: 8, arbitrary: fc.constant(cookie) },
    fc.constantFrom(
      '',
      '=',
      ';;;',
      '__Host-lodge-session-0',
      `__Host-lodge-session-0=${CANARY}`,
      `${cookie}; ${cookie}`,
    ),
    fc.nat(cookie.length).map((at) => `${cookie.slice(0, at)}x${cookie.slice(at + 1)}`),
    odd,
  );
  return fc.record(
    {
      cookie: cookies,
      'x-lodge-request': fc.constant('1'),
      'sec-fetch-site': fc.oneof({ weight: 9, arbitrary: fc.constant('same-origin') }, odd),
      origin: odd,
      host: odd,
      'content-type': fc.oneof(fc.constantFrom('application/json', 'text/plain', 'multipart/form-data'), odd),
      'content-length': fc.constantFrom('-1', '0', '99999999999', CANARY),
      'transfer-encoding': fc.constantFrom('chunked', 'gzip, chunked', CANARY),
      'accept-encoding': fc.oneof(fc.constantFrom('gzip', 'br;q=0', '*;q=x', 'zstd, zstd'), odd),
      'x-forwarded-for': odd,
      'x-forwarded-host': odd,
      'x-http-method-override': fc.constantFrom('DELETE', 'GET'),
    },
    { requiredKeys: ['cookie', 'x-lodge-request', 'sec-fetch-site'] },
  );
};

/** A way to spoil a path. */
export const spoilt = (path: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      `${path}/`,
      `/${path}`,
      `${path}%00`,
      `${path}/..`,
      path.toUpperCase(),
      path.replaceAll('/', '%2f'),
      path.replace('/api/', '/api//'),
      `${path};${CANARY}`,
      `/api/../${CANARY}`,
      '/api/__proto__',
      '/api/constructor',
      '*',
      '',
    ),
    anyText().map((text) => `/api/${text}`),
  );
