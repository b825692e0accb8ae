/**
 * Redshift's passwords of minutes: GetClusterCredentialsWithIAM for the caller's own database user, GetClusterCredentials
 * for one that is named. Source: Redshift API reference; Service Authorization Reference for the resources.
 */
import type { RedshiftCluster } from '../account/holdings.ts';
import type { Principal } from '../account/principals.ts';
import type { Grant, TemporaryPasswords } from '../account/temporary-passwords.ts';
import { Fault } from './fault.ts';
import type { Caller, QueryService } from './service.ts';
import type { XmlElement } from './xml.ts';

/** Bounds and default of a password's life, in seconds. */
export const LIFE = { least: 900, most: 3_600, usual: 900 } as const;

type Parameters = ReadonlyMap<string, string>;

export const redshiftCredentials = (
  clusters: readonly RedshiftCluster[],
  passwords: TemporaryPasswords,
): QueryService['operations'] => ({
  GetClusterCredentialsWithIAM(parameters, caller) {
    const cluster = named(parameters, 'ClusterIdentifier');
    const database = parameters.get('DbName');
    caller.authorize('redshift:GetClusterCredentialsWithIAM', arnOf(caller, 'dbname', `${cluster}/${database ?? '*'}`));
    const warehouse = clusterArn(clusters, cluster, caller);
    const user = iamUser(caller.key.principal);
    const answer = credentials({ warehouse, user, role: user, made: true, database }, parameters, passwords);
    return { ...answer, NextRefreshTime: answer.Expiration };
  },
  GetClusterCredentials(parameters, caller) {
    const cluster = named(parameters, 'ClusterIdentifier');
    const role = named(parameters, 'DbUser');
    const database = parameters.get('DbName');
    const made = parameters.get('AutoCreate') === 'true';
    caller.authorize('redshift:GetClusterCredentials', arnOf(caller, 'dbuser', `${cluster}/${role}`));
    if (database !== undefined)
      caller.authorize('redshift:GetClusterCredentials', arnOf(caller, 'dbname', `${cluster}/${database}`));
    if (made) caller.authorize('redshift:CreateClusterUser', arnOf(caller, 'dbuser', `${cluster}/${role}`));
    const warehouse = clusterArn(clusters, cluster, caller);
    const user = `${made ? 'IAMA' : 'IAM'}:${role}`;
    return credentials({ warehouse, user, role, made, database }, parameters, passwords);
  },
});

/** The database user that an identity has: the ARN of a role's session says the role's name without its path. */
export const iamUser = ({ arn, kind }: Principal): string => {
  const [, name = ''] = arn.split('/');
  if (kind === 'root') return 'IAM:RootIdentity';
  return kind === 'role' ? `IAMR:${name}` : `IAM:${arn.split('/').at(-1)}`;
};

const credentials = (
  grant: Grant,
  parameters: Parameters,
  passwords: TemporaryPasswords,
): { DbUser: string; DbPassword: string; Expiration: string } & XmlElement => {
  const { password, expiresAt } = passwords.issue(grant, lifeOf(parameters.get('DurationSeconds')));
  return { DbUser: grant.user, DbPassword: password, Expiration: expiresAt.toISOString() };
};

const lifeOf = (text: string | undefined): number => {
  const seconds = Number(text ?? LIFE.usual);
  if (Number.isInteger(seconds) && seconds >= LIFE.least && seconds <= LIFE.most) return seconds;
  throw new Fault('invalidParameter', `Invalid duration: ${text}. It must be between ${LIFE.least} and ${LIFE.most}.`);
};

const named = (parameters: Parameters, name: string): string => {
  const value = parameters.get(name);
  if (!value) throw new Fault('invalidParameter', `The parameter ${name} must be provided and must not be blank.`);
  return value;
};

const arnOf = ({ region, key }: Caller, kind: string, name: string): string =>
  `arn:aws:redshift:${region}:${key.principal.accountId}:${kind}:${name}`;

const clusterArn = (clusters: readonly RedshiftCluster[], wanted: string, caller: Caller): string => {
  const isHere = clusters.some(
    ({ identifier, region, accountId }) =>
      identifier === wanted && region === caller.region && accountId === caller.key.principal.accountId,
  );
  if (!isHere) throw new Fault('noRedshiftCluster', `Cluster ${wanted} not found.`);
  return arnOf(caller, 'cluster', wanted);
};
