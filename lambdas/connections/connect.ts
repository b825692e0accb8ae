import { ENGINES } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Resource } from '#contract/resources.ts';
import type { Input } from '#contract/routes.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Handler } from '#core/http/handler.ts';
import type { Discovery } from '#core/ports.ts';
import { type ConnectionClaims, sealConnection } from '#core/session/connection-token.ts';

/**
 * Tries a login at a resource that the user's own keys can see, and seals it. The host and the port come from discovery,
 * never from the browser.
 */
export const connect =
  ({ discovery, databases }: { discovery: Discovery; databases: Databases }): Handler<'connect'> =>
  async ({ body }, { session, signal }) => {
    const [partition = 'aws'] = session.user.id.split(':');
    const { credentials, account } = session;
    const resource = await discovery.find(body.resourceId, { partition, accountId: account.id, credentials, signal });
    const claims = claimsOf(resource, body);
    await using connection = await databases.connect(claims, session, signal);
    return {
      connection: await sealConnection(session, claims),
      engine: claims.engine,
      ...connection.about,
      readOnly: session.role === 'reader',
    };
  };

type Wanted = Input<'connect'>['body'];

function claimsOf(resource: Resource, { login, database }: Wanted): ConnectionClaims {
  const { id: resourceId, engine, region } = resource;
  if (!engine || !ENGINES[engine].ready)
    throw new AppError('ENGINE_UNSUPPORTED', { message: `Lodge has no engine for ${resource.awsEngine} yet.` });
  const { logins, defaultDatabase } = ENGINES[engine];
  if (!logins.includes(login.method)) throw wrong('method', `is none of ${logins.join(', ')}`);
  const place = { resourceId, engine, region };
  if (login.method === 'keys') return { ...place, login: { method: login.method } };
  const server = serverOf(resource, login.method);
  const { method, user, password } = login;
  if (!user) throw wrong('user', 'is empty');
  if (method === 'password' && !password) throw wrong('password', 'is empty');
  const target = { ...server, database: database ?? resource.database ?? defaultDatabase };
  return { ...place, target, login: { method, user, ...(password && { password }) } };
}

const wrong = (field: string, message: string): AppError =>
  new AppError('INPUT_INVALID', { details: { fields: [{ path: `body.login.${field}`, message }] } });

/** Where a server listens, if such a login can work there at all. */
function serverOf({ name, status, endpoints, iamLogin }: Resource, method: 'iam' | 'password') {
  const [endpoint] = endpoints;
  if (!endpoint)
    throw new AppError('DATABASE_UNREACHABLE', {
      message: `${name} has no endpoint while its status is “${status}”.`,
      details: { hint: 'Start it, or wait until it is available, and connect again.' },
    });
  if (method === 'iam' && !iamLogin)
    throw new AppError('LOGIN_FAILED', {
      message: `IAM authentication is not enabled on ${name}.`,
      details: { hint: 'Enable IAM database authentication on it, or log in with a password.' },
    });
  return { host: endpoint.host, port: endpoint.port };
}
