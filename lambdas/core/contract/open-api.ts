/** The OpenAPI 3.1 document, made from the routes: what is written by hand goes stale. */
import * as z from 'zod';
import { ERRORS, ErrorBody, type ErrorCode } from './errors.ts';
import type { Route } from './route.ts';
import { errorsOf } from './route-errors.ts';
import { ROUTES, type RouteName } from './routes.ts';

type Json = Record<string, unknown>;

/** The whole document. `version` is the product's. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route: Route = ROUTES[name];
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Lodge',
      version,
      description: 'A database workbench for AWS. Sign in first: every other call carries its session.',
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { Error: schema(ErrorBody, 'output') }, securitySchemes: SECURITY },
  };
}

const SECURITY = {
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-lodge-session-0',
    description: 'Set by signing in; a long session goes on in `__Host-lodge-session-1`.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same token: the values of both cookies, joined.' },
};

/** Fetch cannot be told to leave it out, and a form cannot send it. */
const PROOF = {
  name: 'x-lodge-request',
  in: 'header',
  required: false,
  description: 'Any value; required where the session is carried by cookie.',
  schema: { type: 'string' },
};

function operation(name: RouteName, route: Route): Json {
  const parameters = [
    ...listed(route.params, 'path'),
    ...listed(route.query, 'query'),
    ...(route.method === 'GET' ? [] : [PROOF]),
  ];
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.function],
    ...(route.audience === 'public'
      ? {}
      : { description: audience(route), security: [{ cookie: [] }, { bearer: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, content: json(schema(route.body, 'input')) } } : {}),
    responses: { [route.status ?? 200]: success(route), ...failures(route) },
  };
}

const audience = ({ audience: who }: Route): string =>
  ({ claimant: 'For a session of an instance that is not claimed yet.', user: 'For any session.' })[who as string] ??
  `For the role ${who} and those above it.`;

function listed(parameters: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  return Object.entries(parameters?.shape ?? {}).map(([name, type]) => {
    const { description, ...form } = schema(type as z.ZodType, 'input');
    const required = place === 'path' || !(type as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required, ...(description ? { description } : {}), schema: form };
  });
}

function success(route: Route): Json {
  if (route.streams) {
    const description = 'A stream: one of these records a line, the last of type `end` or `error`.';
    return { description, content: { 'application/x-ndjson': { schema: schema(route.streams, 'output') } } };
  }
  return route.returns
    ? { description: 'Success.', content: json(schema(route.returns, 'output')) }
    : { description: 'Success, without a body.' };
}

/** One response a status; its description names the codes. */
function failures(route: Route): Json {
  const codes = Map.groupBy(errorsOf(route).sort(), (code) => ERRORS[code][0]);
  const content = json({ $ref: '#/components/schemas/Error' });
  return Object.fromEntries(
    [...codes].map(([status, here]) => [status, { description: here.map(sentence).join('\n\n'), content }]),
  );
}

const sentence = (code: ErrorCode): string => `\`${code}\`: ${ERRORS[code][1]}`;
const json = (form: Json): Json => ({ 'application/json': { schema: form } });

/** A reader of answers must accept fields that a later Lodge adds, so objects are not closed. */
function schema(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...form } = z.toJSONSchema(type, {
    io,
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  }) as Json;
  return form;
}
