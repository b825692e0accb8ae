/**
 * What each login needs of IAM: the action, and the ARN that a policy names, with what is to be filled in. A row a method,
 * and below it a row a service. Logins that are not here need nothing, or a secret (`user-policy.ts`).
 * Source: Service Authorization Reference; RDS and Aurora User Guides, "Creating and using an IAM policy for IAM database
 * access"; Amazon Redshift Management Guide, "Using IAM authentication to generate database user credentials".
 */
import type { LoginMethod } from './engines.ts';
import type { Service } from './resources.ts';

export interface LoginNeed {
  readonly action: string;
  /** An ARN with `{partition}`, `{region}`, `{account}`, `{name}`, `{loginResource}`, `{user}`, `{database}` in it. */
  readonly resource: string;
  /** Asked for this database user in the place of what the others need. */
  readonly only?: string;
}

const rdsConnect: readonly LoginNeed[] = [
  {
    action: 'rds-db:connect',
    resource: 'arn:{partition}:rds-db:{region}:{account}:dbuser:{loginResource}/{user}',
  },
];

const DSQL_CLUSTER = 'arn:{partition}:dsql:{region}:{account}:cluster/{name}';

export const LOGIN_NEEDS: Partial<Record<LoginMethod, Partial<Record<Service, readonly LoginNeed[]>>>> = {
  iam: {
    rds: rdsConnect,
    aurora: rdsConnect,
    'rds-proxy': rdsConnect,
    dsql: [
      { action: 'dsql:DbConnect', resource: DSQL_CLUSTER },
      { action: 'dsql:DbConnectAdmin', resource: DSQL_CLUSTER, only: 'admin' },
    ],
  },
  identity: {
    redshift: [
      {
        action: 'redshift:GetClusterCredentialsWithIAM',
        resource: 'arn:{partition}:redshift:{region}:{account}:dbname:{name}/{database}',
      },
    ],
    'redshift-serverless': [
      {
        action: 'redshift-serverless:GetCredentials',
        resource: 'arn:{partition}:redshift-serverless:{region}:{account}:workgroup/{name}',
      },
    ],
  },
  temporary: {
    redshift: [
      {
        action: 'redshift:GetClusterCredentials',
        resource: 'arn:{partition}:redshift:{region}:{account}:dbuser:{name}/{user}',
      },
      {
        action: 'redshift:GetClusterCredentials',
        resource: 'arn:{partition}:redshift:{region}:{account}:dbname:{name}/{database}',
      },
    ],
  },
};

/** An ARN with its places filled in; what is not known stands for all. */
export const fillArn = (template: string, values: Readonly<Record<string, string | undefined>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_place, name: string) => values[name] ?? '*');
