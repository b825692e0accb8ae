/** Which ways to log in a connect form offers, the safest first, and what is known of each before anybody types. */
import { ENGINES, type LoginMethod } from '#contract/engines.ts';
import { IAM_USER_TAG, type Resource } from '#contract/resources.ts';

export const LOGIN_TITLES: Record<LoginMethod, string> = { iam: 'IAM', password: 'Password', keys: 'Your keys' };

export interface LoginOffer {
  readonly method: LoginMethod;
  /** Why it cannot work here; undefined where it can. */
  readonly refusal: string | undefined;
}

/** The engine's login methods at one resource. */
export function loginOffers(resource: Resource): LoginOffer[] {
  if (!resource.engine) return [];
  return ENGINES[resource.engine].logins.map((method) => ({
    method,
    refusal:
      method === 'iam' && !resource.iamLogin
        ? 'IAM logins are switched off for this resource. Switch on “IAM database authentication” in AWS to use them.'
        : undefined,
  }));
}

/** The first way that can work. */
export const firstOffer = (resource: Resource): LoginMethod =>
  loginOffers(resource).find(({ refusal }) => !refusal)?.method ?? 'password';

/** Whom the form offers before anybody types: for IAM the user that the resource's tag names, else AWS's master user. */
export const offeredUser = (method: LoginMethod, resource: Resource): string =>
  (method === 'iam' ? resource.tags[IAM_USER_TAG] : undefined) ?? resource.user ?? '';

/** What a login method means, in one sentence below it. */
export const LOGIN_HINTS: Record<LoginMethod, string> = {
  iam: 'No password: a token signed with your keys, valid for minutes.',
  password: 'Sealed in your session, and kept nowhere else.',
  keys: 'Nothing to fill in: every call is signed with the keys of your session.',
};
