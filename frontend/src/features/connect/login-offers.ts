/** What a connect form knows of each way to log in before anybody types. */
import type { LoginMethod } from '#contract/engines.ts';
import { loginOffers } from '#contract/login-offers.ts';
import { IAM_USER_TAG, type Resource } from '#contract/resources.ts';

/** The first way that can work with what is known: a secret that somebody has to name first is no first offer. */
export const firstOffer = (resource: Resource): LoginMethod => {
  const isAtHand = (method: LoginMethod) => method !== 'secret' || resource.secretArn !== undefined;
  return loginOffers(resource).find(({ method, refusal }) => !refusal && isAtHand(method))?.method ?? 'password';
};

/** Whom the form offers before anybody types: for IAM the user that the resource's tag names, else AWS's master user. */
export const offeredUser = (method: LoginMethod, resource: Resource): string =>
  (method === 'iam' ? resource.tags?.[IAM_USER_TAG] : undefined) ?? resource.user ?? '';

/** What a login method means, in one sentence below it. */
export const LOGIN_HINTS: Record<LoginMethod, string> = {
  iam: 'No password: a token signed with your keys, valid for minutes.',
  identity: 'No user and no password: the database knows your AWS identity.',
  temporary: 'No password: AWS gives one of minutes for the user that you name.',
  secret: 'User and password are read from Secrets Manager with your keys.',
  password: 'Sealed in your session, and kept nowhere else.',
  keys: 'Nothing to fill in: every call is signed with the keys of your session.',
};
