/** What a connection to a resource is made of, by whoever is to use it. */
import type { ConnectRequest } from '#contract/connecting.ts';
import { ENGINES, LOGIN_METHODS } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import { loginOffers } from '#contract/login-offers.ts';
import type { Reach, Resource } from '#contract/resources.ts';
import type { ConnectionClaims } from '../session/connection-token.ts';

/** The wrong fields are named as those of a body. Errors: ENGINE_UNSUPPORTED, LOGIN_FAILED, DATABASE_UNREACHABLE, INPUT_INVALID. */
export function claimsOf(
  resource: Resource,
  reach: Reach,
  wanted: ConnectRequest,
  allowed: ConnectionClaims['allowed'],
): ConnectionClaims {
  const { id: resourceId, engine, service, region, access } = resource;
  const { login, database, assume } = wanted;
  if (!engine || !ENGINES[engine].ready)
    throw new AppError('ENGINE_UNSUPPORTED', { message: `Lodge has no engine for ${resource.awsEngine} yet.` });
  const offers = loginOffers(resource);
  const offer = offers.find(({ method }) => method === login.method);
  if (!offer) throw wrong('method', `is none of ${offers.map(({ method }) => method).join(', ')}`);
  const narrowed = access === 'read-only' ? { readOnly: true as const } : {};
  const place = { resourceId, service, engine, region, allowed, ...narrowed, ...(assume && { assume }) };
  if (login.method === 'keys') return { ...place, login: { method: login.method } };
  const { host, port } = serverOf(resource, wanted.endpoint);
  const { defaultDatabase, tlsPorts } = ENGINES[engine];
  if (offer.refusal)
    throw new AppError('LOGIN_FAILED', { message: `${resource.name}: ${offer.refusal}`, details: { step: 'login' } });
  const target = { host, port: tlsPorts?.[port] ?? port, database: database ?? resource.database ?? defaultDatabase };
  const network = reach.way === 'connector' ? { network: reach.network } : {};
  const made = loginOf(resource, { ...login, method: login.method });
  return { ...place, ...network, ...named(resource), target, login: made };
}

/** What logins need to know of the resource beside its ARN, and no more: the token that holds it is sent with each call. */
function named({ id, name, loginResourceId }: Resource) {
  const isLast = id.split(/[:/]/).at(-1) === name;
  return { ...(!isLast && { name }), ...(loginResourceId && { loginResourceId }) };
}

type Method = Exclude<ConnectRequest['login']['method'], 'keys'>;

/** What the method asks for, and no more. */
function loginOf(resource: Resource, given: Omit<ConnectRequest['login'], 'method'> & { method: Method }) {
  const { defaultUser = '' } = resource.engine ? ENGINES[resource.engine] : {};
  const { method, user = defaultUser, password, secretArn = resource.secretArn } = given;
  const { asksUser, asksPassword, asksSecret } = LOGIN_METHODS[method];
  if (asksUser && !user) throw wrong('user', 'is empty');
  if (asksPassword && !password) throw wrong('password', 'is empty');
  if (asksSecret && !secretArn) throw wrong('secretArn', `is empty, and ${resource.name} has no managed secret`);
  if (asksSecret && secretArn && partitionOf(secretArn) !== partitionOf(resource.id))
    throw wrong('secretArn', `is of another partition of AWS than ${resource.name}`);
  return {
    method,
    user: asksUser ? user : '',
    ...(asksPassword && password && { password }),
    ...(asksSecret && secretArn && { secretArn }),
  };
}

/** Keys of one are unknown in another. */
const partitionOf = (arn: string): string | undefined => arn.split(':')[1];

const wrong = (field: string, message: string): AppError =>
  new AppError('INPUT_INVALID', { details: { fields: [{ path: `body.login.${field}`, message }] } });

/** The resource as it is reached by one endpoint, which may stand in another VPC. */
export function standingAt(resource: Resource, wanted: string | undefined): Resource {
  const { vpcId } = resource.endpoints.find(({ host }) => host === wanted) ?? {};
  return vpcId ? { ...resource, vpcId, subnetIds: [] } : resource;
}

/** Where a server listens: an endpoint of the resource, the first unless another is named. */
function serverOf({ name, status, endpoints }: Resource, wanted: string | undefined) {
  const endpoint = wanted === undefined ? endpoints[0] : endpoints.find(({ host }) => host === wanted);
  if (endpoint) return { host: endpoint.host, port: endpoint.port };
  if (endpoints.length > 0)
    throw new AppError('INPUT_INVALID', {
      details: { fields: [{ path: 'body.endpoint', message: `is no endpoint of ${name}` }] },
    });
  throw new AppError('DATABASE_UNREACHABLE', {
    message: `${name} has no endpoint while its status is “${status}”.`,
    details: { hint: 'Start it, or wait until it is available, and connect again.' },
  });
}
