import { ENGINES } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Resource } from '#contract/resources.ts';
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
    const claims = claimsOf(resource, body.login, body.database);
    await using connection = await databases.connect(claims, session, signal);
    return {
      connection: await sealConnection(session, claims),
      engine: claims.engine,
      ...connection.about,
      readOnly: session.role === 'reader',
    };
  };

type Login = ConnectionClaims['login'];

function claimsOf(resource: Resource, login: Login, database: string | undefined): ConnectionClaims {
  const { id: resourceId, engine, region, endpoints, name, status } = resource;
  if (!engine || !ENGINES[engine].ready)
    throw new AppError('ENGINE_UNSUPPORTED', { message: `Lodge has no engine for ${resource.awsEngine} yet.` });
  const [endpoint] = endpoints;
  if (!endpoint)
    throw new AppError('DATABASE_UNREACHABLE', {
      message: `${name} has no endpoint while its status is “${status}”.`,
      details: { hint: 'Start it, or wait until it is available, and connect again.' },
    });
  if (login.method === 'iam' && !resource.iamLogin)
    throw new AppError('LOGIN_FAILED', {
      message: `IAM authentication is not enabled on ${name}.`,
      details: { hint: 'Enable IAM database authentication on it, or log in with a password.' },
    });
  if (login.method === 'password' && !login.password)
    throw new AppError('INPUT_INVALID', {
      details: { fields: [{ path: 'body.login.password', message: 'is empty' }] },
    });
  const target = {
    host: endpoint.host,
    port: endpoint.port,
    database: database ?? resource.database ?? ENGINES[engine].defaultDatabase,
  };
  return { resourceId, engine, region, target, login };
}
