/** Coming in, going out, and taking an instance over. */
import { InstanceState, Keys, SessionView } from '../people.ts';
import { type Route, route } from '../route.ts';
import { InstanceSettings } from '../settings.ts';
import { opened } from './common.ts';

export const ENTERING = {
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
} as const satisfies Record<string, Route>;
