/** Every route of the API. A change here reaches the functions, the stack, the browser's client and the OpenAPI page. */
import * as z from 'zod';
import { ConnectRequest, TestRecord } from './connecting.ts';
import { Names, Node, NodePath, ObjectDescription } from './objects.ts';
import { Claim, InstanceState, Keys, SessionView } from './people.ts';
import { StatementPlan } from './plans.ts';
import { Assume, Region, ResourcesRecord } from './resources.ts';
import { ResultRecord, ROW_LIMIT } from './results.ts';
import { type FunctionName, type Route, route } from './route.ts';

/** The sealed connection token, as `POST /api/connections` gave it. */
const ConnectionToken = z.string().min(1).max(16_384);

/** The longest script that a call takes, in characters. */
const SCRIPT_LIMIT = 1_000_000;

const opened = ['SESSION_MISSING', 'SESSION_INVALID', 'SESSION_EXPIRED', 'ORIGIN_REFUSED', 'ROLE_REQUIRED'] as const;
const reached = [
  'CONNECTION_INVALID',
  'LOGIN_FAILED',
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_LOST',
  'CONNECTOR_FAILED',
  'ENGINE_UNSUPPORTED',
  'AWS_DENIED',
] as const;

export const ROUTES = {
  signIn: route({
    method: 'POST',
    path: '/api/session',
    function: 'sign-in',
    summary: 'Sign in with AWS keys; the answer carries the session as cookies.',
    audience: 'public',
    needs: ['session.seal', 'instance.read', 'users.write'],
    body: Keys,
    returns: SessionView,
    status: 201,
    errors: [
      'KEYS_INVALID',
      'KEYS_EXPIRED',
      'CLOCK_SKEW',
      'ACCOUNT_REFUSED',
      'ROOT_REFUSED',
      'AWS_DENIED',
      'AWS_UNAVAILABLE',
      'THROTTLED',
    ],
  }),
  whoAmI: route({
    method: 'GET',
    path: '/api/session',
    function: 'session',
    summary: 'Who is signed in, in which role, until when.',
    audience: 'user',
    needs: ['session.open', 'instance.read', 'users.read'],
    returns: SessionView,
    errors: opened,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/api/session',
    function: 'session',
    summary: 'Sign out: the cookies are cleared.',
    audience: 'public',
    needs: [],
    status: 204,
    errors: [],
  }),
  instance: route({
    method: 'GET',
    path: '/api/instance',
    function: 'instance',
    summary: 'Whether this instance is claimed, and its name.',
    audience: 'public',
    needs: ['instance.read'],
    returns: InstanceState,
    errors: [],
  }),
  claim: route({
    method: 'POST',
    path: '/api/instance',
    function: 'instance',
    summary: 'Claim the instance: bind its AWS account and become its administrator.',
    audience: 'claimant',
    needs: ['session.open', 'instance.read', 'instance.claim', 'users.write'],
    body: Claim,
    returns: SessionView,
    status: 201,
    errors: [...opened, 'ALREADY_CLAIMED'],
  }),
  resources: route({
    method: 'POST',
    path: '/api/resources',
    function: 'explorer',
    summary: "The account's databases, found with the user's own permissions; one record a service and region.",
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.read'],
    // A body, for an external id has no place in a URL, which logs keep.
    body: z.object({
      regions: z.array(Region).min(1).max(40).optional().meta({ description: "Left out: the instance's own regions." }),
      assume: Assume.optional().meta({ description: 'A role to take on first: its account is read.' }),
    }),
    streams: ResourcesRecord,
    errors: [...opened, 'NOT_CLAIMED', 'AWS_DENIED'],
  }),
  connect: route({
    method: 'POST',
    path: '/api/connections',
    function: 'connections',
    summary: 'Try a login at a resource; the answer carries the sealed connection token.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: ConnectRequest,
    returns: z.object({
      connection: ConnectionToken,
      engine: z.string(),
      version: z.string(),
      user: z.string(),
      database: z.string(),
      readOnly: z.boolean(),
    }),
    status: 201,
    errors: [...opened, ...reached, 'RESOURCE_NOT_FOUND'],
  }),
  testConnection: route({
    method: 'POST',
    path: '/api/connections/test',
    function: 'connections',
    summary: 'Try a login at a resource step by step; the answer says of each whether it passed.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: ConnectRequest,
    streams: TestRecord,
    errors: [...opened, ...reached, 'RESOURCE_NOT_FOUND'],
  }),
  children: route({
    method: 'POST',
    path: '/api/objects/children',
    function: 'objects',
    summary: 'One level of the object tree.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken, path: NodePath }),
    returns: z.object({ nodes: z.array(Node) }),
    errors: [...opened, ...reached, 'OBJECT_NOT_FOUND'],
  }),
  names: route({
    method: 'POST',
    path: '/api/objects/names',
    function: 'objects',
    summary: 'The names of all tables and columns, packed, for completion.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken }),
    returns: Names,
    errors: [...opened, ...reached],
  }),
  describe: route({
    method: 'POST',
    path: '/api/objects/describe',
    function: 'objects',
    summary: 'Columns, keys, indexes, estimates and DDL of one object.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken, path: NodePath.min(1) }),
    returns: ObjectDescription,
    errors: [...opened, ...reached, 'OBJECT_NOT_FOUND'],
  }),
  query: route({
    method: 'POST',
    path: '/api/query',
    function: 'query',
    summary: 'Run a script; its results stream.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({
      connection: ConnectionToken,
      statement: z.string().max(SCRIPT_LIMIT, 'is too long'),
      /** Reading of each result stops here. */
      maxRows: z.number().int().min(1).max(ROW_LIMIT).optional(),
      /** The database stops a statement after so many seconds. */
      timeoutSeconds: z.number().int().min(1).max(840).optional(),
    }),
    streams: ResultRecord,
    errors: [
      ...opened,
      ...reached,
      'STATEMENT_FAILED',
      'STATEMENT_CANCELLED',
      'STATEMENT_TIMEOUT',
      'READ_ONLY',
      'OBJECT_NOT_FOUND',
    ],
  }),
  plan: route({
    method: 'POST',
    path: '/api/query/plan',
    function: 'query',
    summary: 'What the statements of a script will read, told before they run. Nothing is run.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({
      connection: ConnectionToken,
      statement: z.string().max(SCRIPT_LIMIT, 'is too long'),
      /** Reading of each result will stop here. */
      maxRows: z.number().int().min(1).max(ROW_LIMIT).optional(),
    }),
    returns: z.object({ plans: z.array(StatementPlan) }),
    errors: [...opened, ...reached, 'STATEMENT_FAILED', 'OBJECT_NOT_FOUND', 'READ_ONLY'],
  }),
  cancel: route({
    method: 'POST',
    path: '/api/query/cancel',
    function: 'query',
    summary: 'Stop a running statement in the database.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken, handle: z.string().min(1).max(200) }),
    returns: z.object({ cancelled: z.boolean().meta({ description: 'False: it had ended already.' }) }),
    errors: [...opened, ...reached],
  }),
} as const satisfies Record<string, Route>;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;

/** The names of the routes that one function serves. */
export type RoutesOf<F extends FunctionName> = {
  [N in RouteName]: Routes[N]['function'] extends F ? N : never;
}[RouteName];

type Parsed<R, Key extends string> = R extends { readonly [K in Key]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;
type Given<R, Key extends string> = R extends { readonly [K in Key]: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;

/** What a handler receives (defaults filled in) and what a caller sends. */
export type Input<N extends RouteName> = {
  params: Parsed<Routes[N], 'params'>;
  query: Parsed<Routes[N], 'query'>;
  body: Parsed<Routes[N], 'body'>;
};
export type CallInput<N extends RouteName> = {
  [K in 'params' | 'query' | 'body' as Given<Routes[N], K> extends undefined ? never : K]: Given<Routes[N], K>;
};
export type Returned<N extends RouteName> = Parsed<Routes[N], 'returns'>;
export type Streamed<N extends RouteName> = Parsed<Routes[N], 'streams'>;
