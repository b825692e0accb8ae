import { ENGINES, LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';

/** The login of an engine that asks nothing at all; undefined where there is something to choose or to fill in. */
export function soleLogin(resource: Resource): LoginMethod | undefined {
  const { logins = [], options } = resource.engine ? ENGINES[resource.engine] : {};
  const [method, ...others] = logins;
  if (!method || others.length > 0 || Object.keys(options?.shape ?? {}).length > 0) return undefined;
  const { asksUser, asksPassword } = LOGIN_METHODS[method];
  return asksUser || asksPassword ? undefined : method;
}
