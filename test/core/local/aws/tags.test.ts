/** The calls that tell tags, as strict as AWS: what is no ARN, what is not there, whose it is, and how often. */
import { DocDBClient, ListTagsForResourceCommand as OfDocDb } from '@aws-sdk/client-docdb';
import { DocDBElasticClient, ListTagsForResourceCommand as OfElastic } from '@aws-sdk/client-docdb-elastic';
import { DynamoDBClient, ListTagsOfResourceCommand } from '@aws-sdk/client-dynamodb';
import { ListTagsForResourceCommand as OfRds, RDSClient } from '@aws-sdk/client-rds';
import {
  ListTagsForResourceCommand as OfWorkgroup,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import { docDbElastic } from '#core/local/aws/docdb-elastic.ts';
import { dynamoDb } from '#core/local/aws/dynamo-db.ts';
import { rds } from '#core/local/aws/rds.ts';
import { redshiftServerless } from '#core/local/aws/redshift-serverless.ts';
import { redshiftServerlessLists } from '#core/local/aws/redshift-serverless-lists.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { tablesOnly } from '../../../support/generated-account/tables.ts';
import { ada, endpointWith, refusal, registry } from './sdk.ts';
import { WORKGROUP_ARN, workgroup } from './warehouses.ts';

const place = { accountId: '111122223333', region: 'eu-central-1' };
const tags = { team: 'books & more', empty: '' };
const listed = [
  { Key: 'team', Value: 'books & more' },
  { Key: 'empty', Value: '' },
];
const common = { ...place, tags, iamLogin: true, masterUser: 'owner', vpcId: 'vpc-1', engineVersion: '1' };
const listening = { host: 'localhost', port: 20_001 };
const ARN = 'arn:aws:rds:eu-central-1:111122223333';
const ELASTIC = 'arn:aws:docdb-elastic:eu-central-1:111122223333:cluster/e1a57100-0000-4000-8000-000000000001';
const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';

const instance = {
  ...common,
  ...listening,
  identifier: 'shop',
  resourceId: 'db-1',
  engine: 'postgres',
  database: 'shop',
};
const cluster = {
  ...common,
  identifier: 'catalog',
  resourceId: 'cluster-1',
  engine: 'docdb',
  writer: listening,
  members: [],
};
const proxy = { ...common, name: 'door', resourceId: 'prx-1', endpoint: listening };
const many = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`tag-${index}`, `${index}`]));
const tables = [{ ...place, name: 'orders', tags: many, replicas: [] }];

const config = endpointWith(
  rds({
    instances: [{ ...instance, publiclyAccessible: false }],
    clusters: [cluster],
    proxies: [{ ...proxy, engineFamily: 'POSTGRESQL', iamLogin: 'REQUIRED' }],
  }),
  docDbElastic([
    { ...common, name: 'elastic', id: ELASTIC.slice(-36), endpoint: listening, adminUser: 'a', shards: 1, vcpus: 2 },
  ]),
  redshiftServerless(redshiftServerlessLists([{ ...workgroup, tags }])),
  dynamoDb(tablesOnly(tables), tables),
);
const cleo = registry.longTerm('cleo');
const erin = registry.longTerm('erin');

type Call = (arn: string, keys?: Credentials, region?: string) => Promise<unknown>;
const ofRds: Call = (ResourceName, keys = ada, region?) =>
  new RDSClient(config(keys, region)).send(new OfRds({ ResourceName }));
const ofElastic: Call = (resourceArn, keys = ada, region?) =>
  new DocDBElasticClient(config(keys, region)).send(new OfElastic({ resourceArn }));
const ofWorkgroup: Call = (resourceArn, keys = ada, region?) =>
  new RedshiftServerlessClient(config(keys, region)).send(new OfWorkgroup({ resourceArn }));
const ofTable: Call = (ResourceArn, keys = ada, region?) =>
  new DynamoDBClient(config(keys, region)).send(new ListTagsOfResourceCommand({ ResourceArn }));

test.each(['db:shop', 'cluster:catalog', 'db-proxy:prx-1'])('RDS tells those of %s', async (name) => {
  expect(await ofRds(`${ARN}:${name}`)).toMatchObject({ TagList: listed });
});

test('DocumentDB, elastic clusters and Redshift Serverless tell theirs, each in its own way', async () => {
  const docdb = new DocDBClient(config(ada));
  expect(await docdb.send(new OfDocDb({ ResourceName: `${ARN}:cluster:catalog` }))).toMatchObject({ TagList: listed });
  expect(await ofElastic(ELASTIC)).toMatchObject({ tags });
  const pairs = listed.map(({ Key: key, Value: value }) => ({ key, value }));
  expect(await ofWorkgroup(WORKGROUP_ARN)).toMatchObject({ tags: pairs });
});

test('DynamoDB tells those of a table page by page', async () => {
  const client = new DynamoDBClient(config(ada));
  const found: (string | undefined)[] = [];
  let pages = 0;
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListTagsOfResourceCommand({ ResourceArn: TABLE, ...(NextToken && { NextToken }) }),
    );
    found.push(...(page.Tags ?? []).map(({ Key }) => Key));
    NextToken = page.NextToken;
    pages += 1;
  } while (NextToken);
  expect([pages, found]).toEqual([3, Object.keys(many)]);
  const forged = client.send(new ListTagsOfResourceCommand({ ResourceArn: TABLE, NextToken: 'forged' }));
  expect((await refusal(forged))[0]).toBe('ValidationException');
});

const KINDS = [
  ['RDS', ofRds, `${ARN}:cluster:catalog`, 'DBClusterNotFoundFault', 'InvalidParameterValue'],
  ['elastic', ofElastic, ELASTIC, 'ResourceNotFoundException', 'ValidationException'],
  ['workgroup', ofWorkgroup, WORKGROUP_ARN, 'ResourceNotFoundException', 'ValidationException'],
  ['DynamoDB', ofTable, TABLE, 'ResourceNotFoundException', 'ValidationException'],
] as const;

describe.each(KINDS)('%s', (_, call, arn, missing, invalid) => {
  test('refuses what is no ARN of its own', async () => {
    for (const wrong of ['catalog', arn.replace(':111122223333:', '::'), `${arn}/x/y`])
      expect((await refusal(call(wrong)))[0]).toBe(invalid);
  });

  test('has nothing of another name, another region or another account', async () => {
    const other = arn.endsWith('orders') ? arn.replace('orders', 'carts') : `${arn.slice(0, -1)}0`;
    for (const wrong of [call(other), call(arn, ada, 'us-east-1'), call(arn, erin)])
      expect((await refusal(wrong))[0]).toBe(missing);
  });

  test('refuses whoever may not ask, in words that name the action', async () => {
    const [name, , message] = await refusal(call(arn, cleo));
    expect(name).toMatch(/^AccessDenied/);
    expect(message).toMatch(/not authorized to perform: [\w-]+:ListTags(For|Of)Resource on resource: arn:/);
  });
});

test('DynamoDB allows ten calls a second', async () => {
  const client = new DynamoDBClient(config(registry.longTerm('ben'), 'eu-west-1'));
  const calls = Array.from({ length: 60 }, () =>
    refusal(client.send(new ListTagsOfResourceCommand({ ResourceArn: TABLE.replace('central', 'west') }))),
  );
  const names = (await Promise.all(calls)).map(([name]) => name);
  expect(names).toContain('ThrottlingException');
  expect(names.filter((name) => name === 'ResourceNotFoundException').length).toBeGreaterThanOrEqual(10);
});
