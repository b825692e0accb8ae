/** Every route of the API. A change here reaches the functions, the stack, the browser's client and the OpenAPI page. */
import type * as z from 'zod';
import type { FunctionName, Route } from './route.ts';
import { AUTOMATING } from './routes/automating.ts';
import { ENTERING } from './routes/entering.ts';
import { EXPLORING } from './routes/exploring.ts';
import { GOVERNING } from './routes/governing.ts';
import { QUERYING } from './routes/querying.ts';
import { SCRIPTING } from './routes/scripting.ts';

export const ROUTES = {
  ...ENTERING,
  ...GOVERNING,
  ...EXPLORING,
  ...QUERYING,
  ...SCRIPTING,
  ...AUTOMATING,
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
