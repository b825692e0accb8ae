import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ERRORS } from '#contract/errors.ts';
import { openApiDocument } from '#contract/open-api.ts';
import type { Route } from '#contract/route.ts';
import { errorsOf } from '#contract/route-errors.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';

const root = `${__dirname}/../../../`;
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
// biome-ignore lint/suspicious/noExplicitAny: the document's shape is what is tested.
const document = openApiDocument(version) as any;
const NAMES = Object.keys(ROUTES) as RouteName[];
const operationOf = (name: RouteName) => document.paths[ROUTES[name].path][ROUTES[name].method.toLowerCase()];

test('the page in docs/ is not stale: `npm run openapi` writes it', () => {
  expect(JSON.parse(readFileSync(`${root}docs/openapi.json`, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
});

test('it is OpenAPI 3.1 with every route, once', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  const operations = Object.values<object>(document.paths).flatMap((path) => Object.values(path));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual([...NAMES].sort());
});

test.each(NAMES)('%s says what it takes, what it answers, and every error it may answer with', (name) => {
  const route: Route = ROUTES[name];
  const operation = operationOf(name);
  expect(operation.summary).toBe(route.summary);
  expect(Boolean(operation.requestBody)).toBe(Boolean(route.body));
  expect(Boolean(operation.security)).toBe(route.audience !== 'public');
  const success = operation.responses[route.status ?? 200];
  const kind = route.streams ? ['application/x-ndjson'] : route.returns ? ['application/json'] : [];
  expect(Object.keys(success.content ?? {})).toEqual(kind);
  for (const code of errorsOf(route)) expect(operation.responses[ERRORS[code][0]].description).toContain(`\`${code}\``);
});

test('fields of a body are described, and an unsafe method demands its proof', () => {
  const { schema } = operationOf('resources').requestBody.content['application/json'];
  expect(schema.properties.regions).toMatchObject({
    type: 'array',
    maxItems: 40,
    description: "Left out: the instance's own regions.",
  });
  expect(operationOf('connect').parameters).toMatchObject([{ name: 'x-lodge-request', in: 'header' }]);
  expect(operationOf('whoAmI').parameters).toBeUndefined();
});

test('objects stay open for fields that a later Lodge adds, and records keep the type of their values', () => {
  const text = JSON.stringify(document);
  expect(text).not.toContain('"additionalProperties":false');
  expect(text).toContain(
    '"tags":{"type":"object","propertyNames":{"type":"string"},"additionalProperties":{"type":"string"}}',
  );
});

test('every schema is a JSON schema that zod can read back', () => {
  for (const name of NAMES) {
    const content = operationOf(name).responses[(ROUTES[name] as Route).status ?? 200].content ?? {};
    for (const { schema } of Object.values<{ schema: z.core.JSONSchema.JSONSchema }>(content))
      expect(z.fromJSONSchema(schema)).toBeDefined();
  }
});

test('every reference leads somewhere', () => {
  for (const [, name = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
    expect(document.components.schemas).toHaveProperty(name);
});
