/** Which logins can work at a resource: the connect form and the function that connects say the same. */
import { ENGINES, type LoginMethod } from './engines.ts';
import type { Resource } from './resources.ts';

export interface LoginOffer {
  readonly method: LoginMethod;
  /** Why it cannot work here; undefined where it can. */
  readonly refusal: string | undefined;
}

/** Why a method cannot work at a resource; a method that stands in no row always may. */
const REFUSALS: Partial<Record<LoginMethod, (resource: Resource) => string | undefined>> = {
  iam: ({ iamLogin }) => (iamLogin ? undefined : IAM_OFF),
  identity: ({ iamLogin }) => (iamLogin ? undefined : IAM_OFF),
  temporary: ({ service }) =>
    service === 'redshift' ? undefined : 'Only provisioned clusters give out passwords for a user that is named.',
};

const IAM_OFF =
  'IAM logins are switched off for this resource. Switch on “IAM database authentication” in AWS to use them.';

/** The engine's login methods at one resource, the safest first. */
export function loginOffers(resource: Resource): LoginOffer[] {
  if (!resource.engine) return [];
  return ENGINES[resource.engine].logins.map((method) => ({ method, refusal: REFUSALS[method]?.(resource) }));
}
