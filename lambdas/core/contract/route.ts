/** A route is data: CDK, `serve()`, the local server, the browser's client and the OpenAPI document read the same object. */
import type * as z from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Audience } from './roles.ts';

/** The functions behind the API: one Lambda function each, a folder each in `lambdas/`. */
export type FunctionName =
  | 'sign-in'
  | 'session'
  | 'instance'
  | 'users'
  | 'settings'
  | 'audit'
  | 'explorer'
  | 'connections'
  | 'objects'
  | 'query'
  | 'scripts'
  | 'automations';

/** What a route needs of AWS, in our words; `lib/grants/` turns each into IAM and environment. */
export type Need =
  | 'session.seal'
  | 'session.open'
  | 'instance.read'
  | 'instance.claim'
  | 'instance.write'
  | 'users.read'
  | 'users.write'
  | 'users.list'
  | 'attempts.count'
  | 'statements.count'
  | 'audit.read'
  | 'audit.write'
  | 'networks.read'
  | 'networks.enter'
  | 'scripts.read'
  | 'scripts.write'
  | 'automations.read'
  | 'automations.write'
  | 'runs.read'
  | 'runs.write'
  /** Schedules of the instance's own group. */
  | 'schedules.write'
  /** Starts and stops executions of the instance's machine. */
  | 'machine.use'
  /** Asks the function `run-script` how far a plan would come. */
  | 'runner.ask';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface RouteShape {
  readonly method: Method;
  /** Below the API's root; a parameter is written `{name}`. */
  readonly path: `/api/${string}`;
  readonly function: FunctionName;
  readonly summary: string;
  readonly audience: Audience;
  readonly needs: readonly Need[];
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** One answer, */
  readonly returns?: z.ZodType;
  /** or a stream of records, one JSON document a line. */
  readonly streams?: z.ZodType;
  /** Success, where it is not 200. */
  readonly status?: 201 | 204;
  readonly errors: readonly ErrorCode[];
}

type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameters<Rest>
  : never;

/** A path with parameters demands a schema for each of them; one without takes none. */
type WithParams<P extends string> = [PathParameters<P>] extends [never]
  ? { readonly params?: never }
  : { readonly params: z.ZodObject<{ [K in PathParameters<P>]: z.ZodType }> };

export type Route = RouteShape & { readonly params?: z.ZodObject };

/** Declares a route; a missing path parameter does not compile. */
export const route = <const R extends RouteShape & WithParams<R['path']>>(declaration: R): R => declaration;
