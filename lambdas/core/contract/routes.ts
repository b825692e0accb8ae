/** Every route of the API. A change here reaches the functions, the stack, the browser's client and the OpenAPI page. */
import * as z from 'zod';
import { Access, AccessView } from './access.ts';
import { AuditRecord, AuditSearch, HistorySearch } from './audit.ts';
import {
  Automation,
  AutomationDraft,
  AutomationGround,
  AutomationId,
  CheckStep,
  ResultPreview,
  Run,
  RunId,
  Schedule,
} from './automations.ts';
import { ConnectRequest, TestRecord } from './connecting.ts';
import { Names, Node, NodePath, ObjectDescription } from './objects.ts';
import { Parameters, ParameterValues } from './parameters.ts';
import { InstanceState, Keys, KnownUser, SessionView, UserChange } from './people.ts';
import { PermissionRecord } from './permissions.ts';
import { StatementPlan } from './plans.ts';
import { Assume, Region, ResourcesRecord } from './resources.ts';
import { ResultRecord, ROW_LIMIT } from './results.ts';
import { type FunctionName, type Route, route } from './route.ts';
import { CheckInput } from './run-script.ts';
import { Script, ScriptDraft, ScriptHead, ScriptId, ScriptSearch, ScriptVersion } from './scripts.ts';
import { InstanceSettings, LONGEST_SECONDS, SettingsView } from './settings.ts';

/** The sealed connection token, as `POST /api/connections` gave it. */
const ConnectionToken = z.string().min(1).max(16_384);

/** The longest script that a call takes, in characters. */
const SCRIPT_LIMIT = 1_000_000;

const opened = [
  'SESSION_MISSING',
  'SESSION_INVALID',
  'SESSION_EXPIRED',
  'USER_BLOCKED',
  'ORIGIN_REFUSED',
  'ROLE_REQUIRED',
] as const;
const reached = [
  'CONNECTION_INVALID',
  'CONNECTION_STALE',
  'ADDRESS_REFUSED',
  'LOGIN_FAILED',
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_LOST',
  'CONNECTOR_FAILED',
  'ENGINE_UNSUPPORTED',
  'AWS_DENIED',
] as const;

/** What every route for a user asks first. */
const known = ['session.open', 'instance.read', 'users.read'] as const;
const automated = [
  'AUTOMATION_REFUSED',
  'AUTOMATION_NOT_FOUND',
  'AUDIT_FAILED',
  'AWS_UNAVAILABLE',
  'THROTTLED',
] as const;

export const ROUTES = {
  signIn: route({
    method: 'POST',
    path: '/api/session',
    function: 'sign-in',
    summary: 'Sign in with AWS keys; the answer carries the session as cookies.',
    audience: 'public',
    needs: ['session.seal', 'instance.read', 'users.read', 'users.write', 'attempts.count', 'audit.write'],
    body: Keys,
    returns: SessionView,
    status: 201,
    errors: [
      'KEYS_INVALID',
      'KEYS_EXPIRED',
      'CLOCK_SKEW',
      'ACCOUNT_REFUSED',
      'ROOT_REFUSED',
      'USER_BLOCKED',
      'TOO_MANY_ATTEMPTS',
      'AUDIT_FAILED',
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
    needs: ['session.open', 'instance.read', 'instance.claim', 'users.write', 'audit.write'],
    body: InstanceSettings,
    returns: SessionView,
    status: 201,
    errors: [...opened, 'ACCOUNT_REFUSED', 'ROOT_REFUSED', 'ALREADY_CLAIMED', 'AUDIT_FAILED'],
  }),
  settings: route({
    method: 'GET',
    path: '/api/settings',
    function: 'settings',
    summary: 'What was decided about the instance, and the networks as deployed.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.read'],
    returns: SettingsView,
    errors: opened,
  }),
  changeSettings: route({
    method: 'PUT',
    path: '/api/settings',
    function: 'settings',
    summary: 'Change the settings. They count from the next request on.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'instance.write', 'users.read', 'networks.read', 'audit.write'],
    body: z.object({ settings: InstanceSettings, revision: z.number().int() }),
    returns: SettingsView,
    errors: [...opened, 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  access: route({
    method: 'GET',
    path: '/api/access',
    function: 'settings',
    summary: 'The rules for first sign-ins, and which resources a role sees less of.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read'],
    returns: AccessView,
    errors: opened,
  }),
  changeAccess: route({
    method: 'PUT',
    path: '/api/access',
    function: 'settings',
    summary: 'Change rules and narrowings. Connections that are open must connect again.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'instance.write', 'users.read', 'audit.write'],
    body: Access.extend({ revision: z.number().int() }),
    returns: AccessView,
    errors: [...opened, 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  users: route({
    method: 'POST',
    path: '/api/users',
    function: 'users',
    summary: 'Everybody who has signed in, page by page, by name.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read', 'users.list'],
    body: z.object({
      /** Somewhere in the name or the ARN; capitals do not count. */
      text: z.string().trim().min(1).max(200).optional(),
      limit: z.number().int().min(1).max(500).default(100),
      /** Goes on after a page: its `next`. */
      cursor: z.string().min(1).max(2_000).optional(),
    }),
    returns: z.object({ users: z.array(KnownUser), next: z.string().optional() }),
    errors: opened,
  }),
  changeUser: route({
    method: 'PATCH',
    path: '/api/users',
    function: 'users',
    summary: "Change a user's role, end their sessions, block or unblock them. It counts at once.",
    audience: 'administrator',
    needs: [
      'session.open',
      'instance.read',
      'instance.write',
      'users.read',
      'users.list',
      'users.write',
      'audit.write',
    ],
    body: z.object({ id: z.string().min(1).max(300), change: UserChange }),
    returns: KnownUser,
    errors: [...opened, 'USER_NOT_FOUND', 'LAST_ADMINISTRATOR', 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  audit: route({
    method: 'POST',
    path: '/api/audit',
    function: 'audit',
    summary: 'What was done on this instance, the newest first, as it is found.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read', 'audit.read', 'audit.write'],
    body: AuditSearch,
    streams: AuditRecord,
    errors: [...opened, 'AUDIT_FAILED'],
  }),
  history: route({
    method: 'POST',
    path: '/api/history',
    function: 'audit',
    summary: "One's own statements, the newest first.",
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'audit.read'],
    body: HistorySearch,
    streams: AuditRecord,
    errors: opened,
  }),
  permissions: route({
    method: 'POST',
    path: '/api/permissions',
    function: 'explorer',
    summary: 'Which of the optional IAM permissions the own keys have, service by service.',
    audience: 'user',
    needs: ['session.open', 'instance.read', 'users.read'],
    body: z.object({ region: Region }),
    streams: PermissionRecord,
    errors: opened,
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
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter', 'audit.write'],
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
    errors: [...opened, ...reached, 'RESOURCE_NOT_FOUND', 'AUDIT_FAILED'],
  }),
  testConnection: route({
    method: 'POST',
    path: '/api/connections/test',
    function: 'connections',
    summary: 'Try a login at a resource step by step; the answer says of each whether it passed.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter', 'audit.write'],
    body: ConnectRequest,
    streams: TestRecord,
    errors: [...opened, ...reached, 'RESOURCE_NOT_FOUND', 'AUDIT_FAILED'],
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
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter', 'statements.count', 'audit.write'],
    body: z.object({
      connection: ConnectionToken,
      statement: z.string().max(SCRIPT_LIMIT, 'is too long'),
      /** Reading of each result stops here. */
      maxRows: z.number().int().min(1).max(ROW_LIMIT).optional(),
      /** The database stops a statement after so many seconds. */
      timeoutSeconds: z.number().int().min(1).max(LONGEST_SECONDS).optional(),
      /** What `:name` means in the statement, and its values. Left out: a colon means nothing. */
      parameters: z.object({ declared: Parameters, values: ParameterValues }).optional(),
    }),
    streams: ResultRecord,
    errors: [
      ...opened,
      ...reached,
      'PARAMETER_INVALID',
      'AUDIT_FAILED',
      'TOO_MANY_STATEMENTS',
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
  scripts: route({
    method: 'POST',
    path: '/api/scripts/list',
    function: 'scripts',
    summary: "One's own scripts and those that others share, by name.",
    audience: 'reader',
    needs: [...known, 'scripts.read'],
    body: ScriptSearch,
    returns: z.object({ scripts: z.array(ScriptHead), next: z.string().optional() }),
    errors: opened,
  }),
  script: route({
    method: 'POST',
    path: '/api/scripts/read',
    function: 'scripts',
    summary: 'A script with its text: the newest version, or another.',
    audience: 'reader',
    needs: [...known, 'scripts.read'],
    body: z.object({ id: ScriptId, version: z.number().int().positive().optional() }),
    returns: Script,
    errors: [...opened, 'SCRIPT_NOT_FOUND'],
  }),
  scriptVersions: route({
    method: 'POST',
    path: '/api/scripts/versions',
    function: 'scripts',
    summary: 'The versions of a script, the newest first: who saved them, and when.',
    audience: 'reader',
    needs: [...known, 'scripts.read'],
    body: z.object({
      id: ScriptId,
      limit: z.number().int().min(1).max(100).default(50),
      /** Only versions before this one. */
      before: z.number().int().positive().optional(),
    }),
    returns: z.object({ versions: z.array(ScriptVersion), next: z.number().int().optional() }),
    errors: [...opened, 'SCRIPT_NOT_FOUND'],
  }),
  saveScript: route({
    method: 'PUT',
    path: '/api/scripts',
    function: 'scripts',
    summary: 'Save a new script, or change one: its owner may, and editors may where it is shared.',
    audience: 'reader',
    needs: [...known, 'scripts.read', 'scripts.write', 'audit.write'],
    body: z.object({
      /** Left out: a new one. */
      known: z.object({ id: ScriptId, revision: z.number().int().positive() }).optional(),
      script: ScriptDraft,
    }),
    returns: Script,
    errors: [...opened, 'SCRIPT_NOT_FOUND', 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  deleteScript: route({
    method: 'POST',
    path: '/api/scripts/delete',
    function: 'scripts',
    summary: 'Delete a script with its versions: its owner may, and administrators may where it is shared.',
    audience: 'reader',
    needs: [...known, 'scripts.read', 'scripts.write', 'audit.write'],
    body: z.object({ id: ScriptId }),
    status: 204,
    errors: [...opened, 'SCRIPT_NOT_FOUND', 'AUDIT_FAILED'],
  }),
  automations: route({
    method: 'POST',
    path: '/api/automations/list',
    function: 'automations',
    summary: 'Automations with their last run and their next, and what they stand on.',
    audience: 'reader',
    needs: [...known, 'automations.read', 'scripts.read', 'runs.read'],
    body: z.object({
      limit: z.number().int().min(1).max(100).default(50),
      cursor: z.string().min(1).max(2_000).optional(),
    }),
    returns: z.object({ automations: z.array(Automation), ground: AutomationGround, next: z.string().optional() }),
    errors: opened,
  }),
  saveAutomation: route({
    method: 'PUT',
    path: '/api/automations',
    function: 'automations',
    summary: 'Make or change an automation; its schedule counts from then on.',
    audience: 'editor',
    needs: [
      ...known,
      'automations.read',
      'automations.write',
      'scripts.read',
      'runs.read',
      'schedules.write',
      'audit.write',
    ],
    body: z.object({
      known: z.object({ id: AutomationId, revision: z.number().int().positive() }).optional(),
      automation: AutomationDraft,
    }),
    returns: Automation,
    errors: [...opened, ...automated, 'SCRIPT_NOT_FOUND', 'PARAMETER_INVALID', 'ROLE_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
  }),
  deleteAutomation: route({
    method: 'POST',
    path: '/api/automations/delete',
    function: 'automations',
    summary: 'Delete an automation with its schedule. Its runs stay in the history until their time is over.',
    audience: 'editor',
    needs: [...known, 'automations.read', 'automations.write', 'schedules.write', 'audit.write'],
    body: z.object({ id: AutomationId }),
    status: 204,
    errors: [...opened, ...automated],
  }),
  checkAutomation: route({
    method: 'POST',
    path: '/api/automations/check',
    function: 'automations',
    summary: 'Whether a role can be assumed, finds the resource, and logs in. Nothing runs.',
    audience: 'editor',
    needs: [...known, 'runner.ask'],
    body: CheckInput.shape.check,
    returns: z.object({ steps: z.array(CheckStep) }),
    errors: [...opened, 'AUTOMATION_REFUSED', 'ROLE_NOT_ALLOWED', 'AWS_UNAVAILABLE', 'THROTTLED'],
  }),
  scheduleTimes: route({
    method: 'POST',
    path: '/api/automations/times',
    function: 'automations',
    summary: 'The next five times of a schedule.',
    audience: 'reader',
    needs: known,
    body: Schedule,
    returns: z.object({ times: z.array(z.iso.datetime()) }),
    errors: opened,
  }),
  runAutomation: route({
    method: 'POST',
    path: '/api/automations/run',
    function: 'automations',
    summary: 'Run an automation now.',
    audience: 'editor',
    needs: [...known, 'automations.read', 'machine.use', 'audit.write'],
    body: z.object({ id: AutomationId }),
    returns: z.object({ execution: z.string() }),
    status: 201,
    errors: [...opened, ...automated],
  }),
  runs: route({
    method: 'POST',
    path: '/api/automations/runs',
    function: 'automations',
    summary: 'The runs of an automation, or those that other state machines started; the newest first.',
    audience: 'reader',
    needs: [...known, 'runs.read'],
    body: z.object({
      /** Left out: those of no automation. */
      automationId: AutomationId.optional(),
      limit: z.number().int().min(1).max(200).default(50),
      cursor: z.string().min(1).max(2_000).optional(),
    }),
    returns: z.object({ runs: z.array(Run), next: z.string().optional() }),
    errors: opened,
  }),
  stopRun: route({
    method: 'POST',
    path: '/api/automations/stop',
    function: 'automations',
    summary: 'Stop a run: its statement is cancelled in the database.',
    audience: 'editor',
    needs: [...known, 'runs.read', 'runs.write', 'machine.use', 'audit.write'],
    body: z.object({ automationId: AutomationId.optional(), runId: RunId }),
    returns: z.object({ stopped: z.boolean().meta({ description: 'False: it had ended already.' }) }),
    errors: [...opened, ...automated, 'RUN_NOT_FOUND'],
  }),
  result: route({
    method: 'POST',
    path: '/api/automations/result',
    function: 'automations',
    summary: "A run's first rows, and a link of minutes to all of them: both with the user's own keys.",
    audience: 'reader',
    needs: [...known, 'runs.read', 'audit.write'],
    body: z.object({ automationId: AutomationId.optional(), runId: RunId }),
    returns: ResultPreview,
    errors: [
      ...opened,
      'RUN_NOT_FOUND',
      'OBJECT_NOT_FOUND',
      'AWS_DENIED',
      'AUDIT_FAILED',
      'AWS_UNAVAILABLE',
      'THROTTLED',
    ],
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
