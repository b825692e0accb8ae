/** What is filled in to connect: what stands there at first, and what becomes of it. */
import { ConnectRequest as Body } from '#contract/connecting.ts';
import { ENGINES, LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import { Assume, type Resource } from '#contract/resources.ts';
import type { ConnectRequest } from '../workbench/connection-book.ts';
import type { SavedConnection } from '../workbench/connections.ts';
import { firstOffer, offeredUser } from './login-offers.ts';
import { readOptions } from './option-fields.ts';

export interface Draft {
  readonly method: LoginMethod;
  /** Undefined until somebody types: then whom the method offers. */
  readonly user: string | undefined;
  readonly password: string;
  /** The managed secret, where there is one and no other is wanted. */
  readonly secret: 'managed' | 'other';
  readonly secretArn: string;
  /** The host; empty for the first endpoint. */
  readonly endpoint: string;
  readonly options: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly externalId: string;
}

interface Known {
  readonly saved?: SavedConnection | undefined;
  readonly endpoint?: string | undefined;
  readonly database?: string | undefined;
  /** The role of the account in which the resource was found, or that the connection was made with. */
  readonly assume?: Assume | undefined;
}

/** What is known before anybody types. */
export function firstDraft(resource: Resource, { saved, endpoint, database = saved?.database, assume }: Known): Draft {
  const secretArn = saved?.login.secretArn ?? '';
  return {
    method: saved?.login.method ?? firstOffer(resource),
    user: saved?.login.user,
    password: '',
    secret: resource.secretArn && !secretArn ? 'managed' : 'other',
    secretArn,
    endpoint: saved?.endpoint ?? endpoint ?? '',
    options: database === undefined ? {} : { database },
    roleArn: assume?.roleArn ?? '',
    externalId: assume?.externalId ?? '',
  };
}

/** Whom the form shows: what was typed, else who connected last, else whom the resource offers. */
export const shownUser = (draft: Draft, resource: Resource, connections: readonly SavedConnection[]): string =>
  draft.user ??
  connections.findLast((one) => one.resource.id === resource.id && one.login.method === draft.method)?.login.user ??
  offeredUser(draft.method, resource);

export type Errors = Readonly<Record<string, string>>;

/** The request, or what is wrong with which field. */
export function readDraft(
  draft: Draft,
  resource: Resource,
  user: string,
): { readonly request: ConnectRequest } | { readonly errors: Errors } {
  const { method, password, roleArn, externalId, endpoint } = draft;
  const { asksUser, asksPassword, asksSecret } = LOGIN_METHODS[method];
  const options = readOptions(ENGINES[resource.engine ?? 'postgres'].options, draft.options);
  const isOther = asksSecret && draft.secret === 'other';
  const secret = isOther ? Body.shape.login.shape.secretArn.safeParse(draft.secretArn) : undefined;
  const assume = roleArn.trim()
    ? Assume.safeParse({ roleArn, ...(externalId.trim() ? { externalId } : {}) })
    : undefined;
  const errors = {
    ...('errors' in options ? options.errors : {}),
    ...(asksUser && !user.trim() ? { user: 'Which database user shall it be?' } : {}),
    ...(asksPassword && !password ? { password: 'The password is missing.' } : {}),
    ...(secret && !secret.success ? { secretArn: `This ${secret.error.issues[0]?.message}.` } : {}),
    ...(assume && !assume.success
      ? Object.fromEntries(assume.error.issues.map(({ path, message }) => [path.join('.'), `This ${message}.`]))
      : {}),
  };
  if ('errors' in options || Object.keys(errors).length > 0) return { errors };
  const login = {
    method,
    ...(asksUser ? { user: user.trim() } : {}),
    ...(asksPassword ? { password } : {}),
    ...(secret?.data ? { secretArn: secret.data } : {}),
  };
  const more = { ...(endpoint ? { endpoint } : {}), ...(assume?.data ? { assume: assume.data } : {}) };
  return { request: { resource, login, options: options.values, ...more } };
}
