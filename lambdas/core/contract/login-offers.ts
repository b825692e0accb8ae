/** Which logins can work at a resource: the connect form and the function that connects say the same. */
import { ENGINES, LOGIN_METHODS, type LoginMethod } from './engines.ts';
import type { Resource, Service } from './resources.ts';

export interface LoginOffer {
  readonly method: LoginMethod;
  readonly title: string;
  /** Why it cannot work here; undefined where it can. */
  readonly refusal: string | undefined;
}

const IAM_OFF =
  'IAM logins are switched off for this resource. Switch on “IAM database authentication” in AWS to use them.';
const PROXY_OFF =
  'This proxy takes no IAM logins: set “IAM authentication” to required or allowed for its users in AWS.';
const OLD_CLUSTER = 'IAM logins need an instance-based cluster of DocumentDB 5.0 or newer.';

type Refusal = (resource: Resource) => string | undefined;
const ifOff =
  (sentence: string): Refusal =>
  ({ iamLogin }) =>
    iamLogin ? undefined : sentence;
const never =
  (sentence: string): Refusal =>
  () =>
    sentence;

/** Why a method cannot work, by service. What stands in no row always may: Redshift and Aurora DSQL cannot switch IAM off. */
const REFUSALS: Partial<Record<LoginMethod, Partial<Record<Service, Refusal>>>> = {
  iam: { rds: ifOff(IAM_OFF), aurora: ifOff(IAM_OFF), 'rds-proxy': ifOff(PROXY_OFF) },
  identity: {
    documentdb: ifOff(OLD_CLUSTER),
    'documentdb-elastic': never('Elastic clusters take no IAM logins.'),
  },
  temporary: {
    'redshift-serverless': never('Only provisioned clusters give out passwords for a user that is named.'),
  },
};

/** A secret can be named always; where the resource manages one, nothing need be. */
const titleOf = (method: LoginMethod, { secretArn }: Resource): string =>
  method === 'secret' && secretArn ? 'Managed secret' : LOGIN_METHODS[method].title;

/** The engine's login methods at one resource, the safest first: IAM, then the secret, and the password last. */
export function loginOffers(resource: Resource): LoginOffer[] {
  if (!resource.engine) return [];
  return ENGINES[resource.engine].logins.map((method) => ({
    method,
    title: titleOf(method, resource),
    refusal: REFUSALS[method]?.[resource.service]?.(resource),
  }));
}
