/**
 * What each login needs of IAM: the action, and the ARN to put into a policy. A row a method, and below it a row a service.
 * Source: Service Authorization Reference; RDS and Aurora User Guides, "Creating and using an IAM policy for IAM database
 * access".
 */
import type { LoginMethod } from '#contract/engines.ts';
import type { Service } from '#contract/resources.ts';
import type { ServerClaims } from '../../session/connection-token.ts';

export interface Permission {
  readonly action: string;
  readonly resource: string;
}

type PermissionOf = (claims: ServerClaims) => Permission;

/** `arn:P:rds-db:R:A:dbuser:…`: whatever is logged in to, the resource is that of its log-ins. */
const rdsConnect: PermissionOf = ({ resourceId, region, loginResourceId = '*', login: { user } }) => ({
  action: 'rds-db:connect',
  resource: arnBeside(resourceId, 'rds-db', region, `dbuser:${loginResourceId}/${user}`),
});

const dsqlConnect: PermissionOf = ({ resourceId, login: { user } }) => ({
  action: `dsql:${isDsqlAdmin(user) ? 'DbConnectAdmin' : 'DbConnect'}`,
  resource: resourceId,
});

const clusterCredentials: PermissionOf = ({ resourceId, region, target }) => ({
  action: 'redshift:GetClusterCredentialsWithIAM',
  resource: arnBeside(resourceId, 'redshift', region, `dbname:${lastOf(resourceId)}/${target.database}`),
});

const namedCredentials: PermissionOf = ({ resourceId, region, login: { user } }) => ({
  action: 'redshift:GetClusterCredentials',
  resource: arnBeside(resourceId, 'redshift', region, `dbuser:${lastOf(resourceId)}/${user}`),
});

const workgroupCredentials: PermissionOf = ({ resourceId }) => ({
  action: 'redshift-serverless:GetCredentials',
  resource: resourceId,
});

const PERMISSIONS: Partial<Record<LoginMethod, Partial<Record<Service, PermissionOf>>>> = {
  iam: { rds: rdsConnect, aurora: rdsConnect, 'rds-proxy': rdsConnect, dsql: dsqlConnect },
  identity: { redshift: clusterCredentials, 'redshift-serverless': workgroupCredentials },
  temporary: { redshift: namedCredentials },
};

/** Undefined: the login needs none, or a secret's, which its own reader names. */
export const permissionOf = (claims: ServerClaims): Permission | undefined =>
  PERMISSIONS[claims.login.method]?.[claims.service]?.(claims);

/** The administrator's token of Aurora DSQL is another one than everybody else's. */
export const isDsqlAdmin = (user: string): boolean => user === 'admin';

/** The name at the end of an ARN, such as a cluster's. */
export const lastOf = (arn: string): string => arn.split(/[:/]/).at(-1) ?? '';

const arnBeside = (arn: string, service: string, region: string, resource: string): string => {
  const [, partition, , , account] = arn.split(':');
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
};
