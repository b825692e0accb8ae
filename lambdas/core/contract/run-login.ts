/** How a run logs in where nobody has said it: nobody is there to type a password. */
import type { RunLogin } from './automations.ts';
import { ENGINES, LOGIN_METHODS } from './engines.ts';
import { loginOffers } from './login-offers.ts';
import { IAM_USER_TAG, type Resource } from './resources.ts';

/** The database user that IAM logins are for, where the resource or its engine names one. */
const userOf = ({ engine, tags }: Resource): string | undefined =>
  tags?.[IAM_USER_TAG] ?? (engine && ENGINES[engine].defaultUser);

type Method = RunLogin['method'];

/** The safest login that the resource offers and that nothing is missing for; undefined where there is none. */
export function safestLogin(resource: Resource): RunLogin | undefined {
  const user = userOf(resource);
  const offer = loginOffers(resource).find(({ method, refusal }) => {
    const { asksUser, asksPassword, asksSecret } = LOGIN_METHODS[method];
    return !refusal && !asksPassword && (!asksUser || user) && (!asksSecret || resource.secretArn);
  });
  return offer && filledIn({ method: offer.method as Method }, resource);
}

/** A login with the user that the resource names, where it asks for one and has none. */
export function filledIn(login: RunLogin, resource: Resource): RunLogin {
  const user = login.user ?? userOf(resource);
  return { ...login, ...(LOGIN_METHODS[login.method].asksUser && user && { user }) };
}
