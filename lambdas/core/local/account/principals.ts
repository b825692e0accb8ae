/** Who is who in the local account: identities and what each may do, as data. Names and accounts are made up. */
import type { Statement } from './policy.ts';

/** The account that this machine plays, and another one. Both ids are the ones AWS uses in its examples. */
export const ACCOUNT_ID = '111122223333';
export const FOREIGN_ACCOUNT_ID = '444455556666';
export const ACCOUNT_ALIASES: Readonly<Record<string, string>> = {
  [ACCOUNT_ID]: 'lodge-demo',
  [FOREIGN_ACCOUNT_ID]: 'somebody-else',
};

/** The region of the instance table and of the key of sessions. */
export const HOME_REGION = 'eu-central-1';
export const TABLE = 'lodge';
export const SESSION_KEY_ARN = `arn:aws:kms:${HOME_REGION}:${ACCOUNT_ID}:key/1d1d1d1d-0d9e-4000-8000-10cadd9e0001`;

/** The bus that is told of what is done here. */
export const AUDIT_BUS = 'default';
const AUDIT_BUS_ARN = `arn:aws:events:${HOME_REGION}:${ACCOUNT_ID}:event-bus/${AUDIT_BUS}`;

/** Encrypts the secret of `bookings`: a key of the account's own. */
export const SECRETS_KEY_ARN = `arn:aws:kms:${HOME_REGION}:${ACCOUNT_ID}:key/5ec5ec5e-0d9e-4000-8000-10cadd9e0002`;

/** Where runs write their results, and the key that encrypts them. */
export const RESULTS_BUCKET = 'lodge-results';
export const RESULTS_KEY_ARN = `arn:aws:kms:${HOME_REGION}:${ACCOUNT_ID}:key/4e5417e5-0d9e-4000-8000-10cadd9e0003`;

/** The function that plays the connector of the private network. */
export const CONNECTOR = 'lodge-connector-private';

/** What runs automations: the function of runs, the machines of one and of many, the group of schedules, and the role that starts the machine. */
export const RUNNER = 'lodge-run-script';
export const MACHINE_ARN = `arn:aws:states:${HOME_REGION}:${ACCOUNT_ID}:stateMachine:lodge`;
export const MANY_MACHINE_ARN = `${MACHINE_ARN}-many`;
export const SCHEDULE_GROUP = 'lodge';
export const SCHEDULE_ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/lodge-scheduler`;
/** What the roles of automations demand. */
export const EXTERNAL_ID = 'lodge-10cadd9e';

export interface Principal {
  readonly arn: string;
  readonly accountId: string;
  readonly userId: string;
  readonly kind: 'user' | 'role' | 'root';
  readonly allows: readonly Statement[];
  /** Of a user. */
  readonly tags?: Readonly<Record<string, string>>;
}

const everything: Statement = { actions: ['*'], resources: ['*'] };
const readsAliases: Statement = { actions: ['iam:ListAccountAliases'], resources: ['*'] };
const readsTables: Statement = {
  actions: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:GetItem'],
  resources: ['*'],
};
const selects: Statement = {
  actions: ['dynamodb:PartiQLSelect', 'dynamodb:DescribeTimeToLive', 'dynamodb:DescribeContinuousBackups'],
  resources: ['*'],
};
const listsDatabases: Statement = {
  actions: [
    'rds:Describe*',
    'redshift:DescribeClusters',
    'redshift-serverless:List*',
    'dsql:ListClusters',
    'dsql:GetCluster',
    'docdb-elastic:ListClusters',
    'docdb-elastic:GetCluster',
  ],
  resources: ['*'],
};
/** What says the tags that lists do not. */
const readsTags: Statement = {
  actions: ['rds:ListTagsForResource', 'docdb-elastic:ListTagsForResource', 'dynamodb:ListTagsOfResource'],
  resources: ['*'],
};
const logsInAs = (user: string): Statement => ({
  actions: ['rds-db:connect'],
  resources: [`arn:aws:rds-db:*:${ACCOUNT_ID}:dbuser:*/${user}`],
});

/** Redshift and Aurora DSQL, as oneself. */
const logsInAsItself: Statement = {
  actions: ['redshift:GetClusterCredentialsWithIAM', 'redshift-serverless:GetCredentials', 'dsql:DbConnect'],
  resources: ['*'],
};
const logsInToWarehouseAs = (user: string): Statement => ({
  actions: ['redshift:GetClusterCredentials'],
  resources: [
    `arn:aws:redshift:*:${ACCOUNT_ID}:dbuser:warehouse/${user}`,
    `arn:aws:redshift:*:${ACCOUNT_ID}:dbname:warehouse/*`,
  ],
});
/** RDS names the secrets that it manages after itself. */
const readsSecretsOfRds: Statement = {
  actions: ['secretsmanager:GetSecretValue'],
  resources: [`arn:aws:secretsmanager:*:${ACCOUNT_ID}:secret:rds!*`],
};
const looksAtSecrets: Statement = { ...readsSecretsOfRds, actions: ['secretsmanager:DescribeSecret'] };
/** The path of the portal's role, but not its tags. */
const readsPortalRole: Statement = {
  actions: ['iam:GetRole'],
  resources: [`arn:aws:iam::${ACCOUNT_ID}:role/aws-reserved/*`],
};
const takesOnRoles: Statement = {
  actions: ['sts:AssumeRole'],
  resources: [`arn:aws:iam::${FOREIGN_ACCOUNT_ID}:role/*`],
};

/** IAM says whose tags: a rule of an instance may look at them. */
const readsOwnTags: Statement = {
  actions: ['iam:ListUserTags'],
  resources: [`arn:aws:iam::${ACCOUNT_ID}:user/*`],
};

/** Downloads what runs have written. */
const readsResults: readonly Statement[] = [
  { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${RESULTS_BUCKET}/results/*`] },
  { actions: ['kms:Decrypt'], resources: [RESULTS_KEY_ARN] },
];

interface Given {
  readonly accountId?: string;
  readonly path?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

const user = (
  name: string,
  allows: readonly Statement[],
  { accountId = ACCOUNT_ID, path = '/', tags = {} }: Given = {},
): Principal => ({
  arn: `arn:aws:iam::${accountId}:user${path}${name}`,
  accountId,
  tags,
  userId: `AIDA${`LODGEDEMO${name.replace(/[^a-z0-9]/g, '').toUpperCase()}`.padEnd(17, '0')}`,
  kind: 'user',
  allows,
});

/** The access portal's role for people who work with data. */
export const PORTAL_ROLE = {
  accountId: ACCOUNT_ID,
  name: 'AWSReservedSSO_DataEngineer_0123456789abcdef',
  path: `/aws-reserved/sso.amazonaws.com/${HOME_REGION}/`,
  roleId: 'AROALODGEDEMODATAENG0',
  tags: { team: 'data', 'cost-center': '4711' },
  maxSeconds: 12 * 3_600,
} as const;

/** Its sessions are named after the person. */
const portalUser = (name: string, allows: readonly Statement[]): Principal => ({
  arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${PORTAL_ROLE.name}/${name}@example.com`,
  accountId: ACCOUNT_ID,
  userId: `${PORTAL_ROLE.roleId}:${name}@example.com`,
  kind: 'role',
  allows,
});

export const PRINCIPALS = {
  /** Claims the instance. */
  ada: user('ada', [everything]),
  /** May log in to databases as the analyst only, and read no secret; may read the results of runs. */
  ben: user('ben', [
    listsDatabases,
    readsTags,
    readsTables,
    selects,
    readsAliases,
    logsInAs('analyst_iam'),
    logsInToWarehouseAs('analyst'),
    ...readsResults,
  ]),
  /**
   * Lacks rds:DescribeDBInstances, dynamodb:PartiQLSelect and what reads tags; may read secrets, but decrypt none of the account's key; bears
   * a tag that she may not read.
   */
  cleo: user(
    'cleo',
    [
      { actions: ['rds:DescribeDBClusters'], resources: ['*'] },
      readsTables,
      readsAliases,
      readsSecretsOfRds,
      looksAtSecrets,
    ],
    { tags: { team: 'support' } },
  ),
  /** Has temporary keys, and may take on the roles of the other account. */
  dana: portalUser('dana', [
    listsDatabases,
    readsTags,
    readsTables,
    selects,
    readsAliases,
    logsInAs('*'),
    logsInAsItself,
    readsSecretsOfRds,
    takesOnRoles,
    readsPortalRole,
  ]),
  /** An IAM user with a path and tags, which rules can look at. */
  finn: user(
    'finn',
    [listsDatabases, readsTags, readsTables, selects, readsAliases, logsInAs('analyst_iam'), readsOwnTags],
    {
      path: '/data/platform/',
      tags: { team: 'platform', stage: 'production' },
    },
  ),
  /** Belongs to another account. */
  erin: user('erin', [everything], { accountId: FOREIGN_ACCOUNT_ID }),
  root: {
    arn: `arn:aws:iam::${ACCOUNT_ID}:root`,
    accountId: ACCOUNT_ID,
    userId: ACCOUNT_ID,
    kind: 'root',
    allows: [everything],
  },
  /** Stands for the roles of the functions in Lambda: the key of sessions, the instance table, the event bus, the connector, and what runs automations, nothing else. */
  service: user('lodge-service', [
    { actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [SESSION_KEY_ARN] },
    { actions: ['dynamodb:*'], resources: [`arn:aws:dynamodb:${HOME_REGION}:${ACCOUNT_ID}:table/${TABLE}*`] },
    { actions: ['events:PutEvents'], resources: [AUDIT_BUS_ARN] },
    {
      actions: ['lambda:InvokeFunction'],
      resources: [CONNECTOR, RUNNER].map((name) => `arn:aws:lambda:${HOME_REGION}:${ACCOUNT_ID}:function:${name}`),
    },
    {
      actions: ['states:StartExecution', 'states:DescribeExecution', 'states:StopExecution'],
      resources: [MACHINE_ARN, `${MACHINE_ARN.replace(':stateMachine:', ':execution:')}:*`],
    },
    { actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'], resources: ['*'] },
    {
      actions: ['CreateSchedule', 'GetSchedule', 'UpdateSchedule', 'DeleteSchedule'].map((each) => `scheduler:${each}`),
      resources: [`arn:aws:scheduler:${HOME_REGION}:${ACCOUNT_ID}:schedule/${SCHEDULE_GROUP}/*`],
    },
    { actions: ['iam:PassRole'], resources: [SCHEDULE_ROLE_ARN] },
    { actions: ['sts:AssumeRole'], resources: [`arn:aws:iam::${ACCOUNT_ID}:role/lodge-*`] },
    { actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [`arn:aws:s3:::${RESULTS_BUCKET}/results/*`] },
    { actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [RESULTS_KEY_ARN] },
  ]),
  /** Stands for the role of the machine of many runs: reads results as items, and writes what came of the runs. */
  machines: user('lodge-machines', [
    { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${RESULTS_BUCKET}/results/*`] },
    { actions: ['s3:GetObject', 's3:PutObject'], resources: [`arn:aws:s3:::${RESULTS_BUCKET}/maps/*`] },
    { actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [RESULTS_KEY_ARN] },
  ]),
} as const satisfies Record<string, Principal>;

export type PrincipalName = keyof typeof PRINCIPALS;
