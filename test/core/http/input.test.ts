import fc from 'fast-check';
import * as z from 'zod';
import type { AppError } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { readInput, refuseLargeBody } from '#core/http/input.ts';
import { BODY_LIMIT } from '#core/http/message.ts';
import { request } from '../../support/requests.ts';

const fieldsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    expect((error as AppError).code).toBe('INPUT_INVALID');
    return (error as AppError).details?.fields;
  }
  throw new Error('the input was accepted');
};

const post = (json: unknown) => request('POST', '/', { json });
const keys = { accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'secret-of-a-test-only' };

test('a valid body arrives as its schema makes it: trimmed, and without what is not known', () => {
  const input = readInput(ROUTES.signIn, post({ ...keys, secretAccessKey: ` ${keys.secretAccessKey} `, more: 1 }), {});
  expect(input).toEqual({ params: undefined, query: undefined, body: keys });
});

test('every wrong field is named with its path and a sentence', () => {
  const body = { resourceId: '', login: { method: 'magic', user: ' ' }, database: 7 };
  expect(fieldsOf(() => readInput(ROUTES.connect, post(body), {}))).toEqual([
    { path: 'body.resourceId', message: 'is empty' },
    { path: 'body.login.method', message: 'is none of iam, identity, temporary, secret, password, keys' },
    { path: 'body.login.user', message: 'is empty' },
    { path: 'body.database', message: 'is not a string' },
  ]);
});

test("a schema's own sentence is kept", () => {
  const fields = fieldsOf(() => readInput(ROUTES.signIn, post({ ...keys, accessKeyId: 'BKIA' }), {}));
  expect(fields).toEqual([
    { path: 'body.accessKeyId', message: 'begins with AKIA or ASIA, followed by capital letters and digits' },
  ]);
});

test('what is too short, too long, too small or too much says so, with the limit', () => {
  const body = z.object({
    word: z.string().min(3),
    text: z.string().max(2_000),
    rows: z.number().min(1),
    more: z.number().max(5),
    none: z.array(z.string()).min(1),
    many: z.array(z.string()).max(1),
  });
  const route = { ...ROUTES.signIn, body } as unknown as Route;
  const sent = { word: 'ab', text: 'x'.repeat(2_001), rows: 0, more: 6, none: [], many: ['a', 'b'] };
  expect(fieldsOf(() => readInput(route, post(sent), {}))?.map(({ message }) => message)).toEqual([
    'is too short: at least 3 characters',
    'is too long: at most 2,000 characters',
    'is too small: at least 1',
    'is too large: at most 5',
    'has too few entries: at least 1',
    'has too many entries: at most 1',
  ]);
});

test('what is missing is said to be missing', () => {
  expect(fieldsOf(() => readInput(ROUTES.signIn, post({}), {}))).toEqual([
    { path: 'body.accessKeyId', message: 'is missing' },
    { path: 'body.secretAccessKey', message: 'is missing' },
  ]);
  expect(fieldsOf(() => readInput(ROUTES.signIn, request('POST', '/'), {}))).toEqual([
    { path: 'body', message: 'is missing' },
  ]);
});

test('places in lists are counted from 0', () => {
  const body = { name: 'x', regions: ['eu-central-1', 'Frankfurt'] };
  expect(fieldsOf(() => readInput(ROUTES.claim, post(body), {}))).toEqual([
    { path: 'body.regions.1', message: 'is not the name of an AWS region' },
  ]);
});

test('the query and the params are read too, and all that is wrong is told at once', () => {
  const route = {
    ...ROUTES.signIn,
    params: z.object({ id: z.string().min(5) }),
    query: z.object({ page: z.coerce.number() }),
  };
  const asked = request('POST', '/', { query: { page: 'x' }, json: {} });
  const paths = fieldsOf(() => readInput(route as unknown as Route, asked, { id: 'a' }))?.map(({ path }) => path);
  expect(paths).toEqual(['params.id', 'query.page', 'body.accessKeyId', 'body.secretAccessKey']);
});

test('a route without a body does not look at one', () => {
  expect(readInput(ROUTES.whoAmI, request('GET', '/', { body: 'not json' }), {}).body).toBeUndefined();
});

test('a body that is not JSON is refused without a word of it', () => {
  const read = () => readInput(ROUTES.signIn, request('POST', '/', { body: '{"secret": wJalr}' }), {});
  expect(read).toThrow('not valid JSON');
  try {
    read();
  } catch (error) {
    expect((error as AppError).code).toBe('BODY_NOT_JSON');
    expect((error as AppError).cause).toBeUndefined();
  }
});

test('a body is counted in bytes', () => {
  refuseLargeBody(request('POST', '/', { body: 'x'.repeat(BODY_LIMIT) }));
  expect(() => refuseLargeBody(request('POST', '/', { body: 'x'.repeat(BODY_LIMIT + 1) }))).toThrow('4,500,000 bytes');
  expect(() => refuseLargeBody(request('POST', '/', { body: 'é'.repeat(BODY_LIMIT / 2 + 1) }))).toThrow('too large');
});

test('names that are not those of a schema are not repeated', () => {
  const route = { ...ROUTES.signIn, body: z.object({ tags: z.record(z.string(), z.number()) }) };
  const fields = fieldsOf(() => readInput(route as unknown as Route, post({ tags: { 'my secret!': 'x' } }), {}));
  expect(fields).toEqual([{ path: 'body.tags.*', message: 'is not a number' }]);
});

test('whatever is sent, nothing of it is in the refusal', () =>
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.stringMatching(/^marked-[a-z]{12}$/),
      (noise, marked) => {
        const bodies = [
          { ...noise, accessKeyId: marked, secretAccessKey: [marked], sessionToken: { [marked]: marked } },
          { ...noise, resourceId: [marked], login: { method: marked, user: { marked }, password: [marked] } },
          { ...noise, name: marked.repeat(20), regions: [marked] },
        ];
        for (const [at, route] of [ROUTES.signIn, ROUTES.connect, ROUTES.claim].entries())
          expect(JSON.stringify(fieldsOf(() => readInput(route, post(bodies[at]), {})))).not.toContain(marked);
      },
    ),
  ));
