/** What discovery finds, and the records of its stream. */
import * as z from 'zod';
import { EngineName } from './engines.ts';
import { ErrorBody } from './errors.ts';

/** The services that discovery asks. The first action is the one without which nothing is listed; others add details. */
export const SERVICES = {
  rds: { title: 'RDS', actions: ['rds:DescribeDBInstances'] },
  aurora: {
    title: 'Aurora',
    actions: [
      'rds:DescribeDBClusters',
      'rds:DescribeDBInstances',
      'rds:DescribeDBClusterEndpoints',
      'rds:DescribeDBSubnetGroups',
    ],
  },
  'rds-proxy': {
    title: 'RDS Proxy',
    actions: ['rds:DescribeDBProxies', 'rds:DescribeDBProxyEndpoints', 'rds:ListTagsForResource'],
  },
  redshift: { title: 'Redshift', actions: ['redshift:DescribeClusters'] },
  'redshift-serverless': {
    title: 'Redshift Serverless',
    actions: [
      'redshift-serverless:ListWorkgroups',
      'redshift-serverless:ListNamespaces',
      'redshift-serverless:ListTagsForResource',
    ],
  },
  dynamodb: {
    title: 'DynamoDB',
    actions: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
  },
  documentdb: {
    title: 'DocumentDB',
    actions: ['rds:DescribeDBClusters', 'rds:DescribeDBSubnetGroups', 'rds:ListTagsForResource'],
  },
  'documentdb-elastic': {
    title: 'DocumentDB Elastic',
    actions: ['docdb-elastic:ListClusters', 'docdb-elastic:GetCluster', 'docdb-elastic:ListTagsForResource'],
  },
  dsql: { title: 'Aurora DSQL', actions: ['dsql:ListClusters', 'dsql:GetCluster'] },
} as const satisfies Record<string, { title: string; actions: readonly string[] }>;
export const Service = z.enum(Object.keys(SERVICES) as [keyof typeof SERVICES, ...(keyof typeof SERVICES)[]]);
export type Service = z.infer<typeof Service>;

/** An AWS region's name. */
export const Region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'is not the name of an AWS region');

/** The tag by which a team says which database user IAM logins are for; the connect form offers that one. */
export const IAM_USER_TAG = 'lodge:iam-user';

export const Endpoint = z.object({
  host: z.string(),
  port: z.number().int().min(1).max(65_535),
  /** What the endpoint is for: a cluster has a writer, a reader, and custom ones by name. The first is what connects. */
  use: z.enum(['instance', 'writer', 'reader', 'custom', 'proxy']),
  name: z.string().optional(),
  /** True: nothing can be written through it. */
  readOnly: z.boolean().optional(),
  /** Where it stands in another VPC than its resource, as a proxy's endpoint may. */
  vpcId: z.string().optional(),
});
export type Endpoint = z.infer<typeof Endpoint>;

/** The tags of a resource, as AWS has them. */
export const Tags = z.record(z.string(), z.string());
export type Tags = z.infer<typeof Tags>;

/** How a database is reached from this instance, decided by `core/networks/reach.ts`. */
export const Reach = z.discriminatedUnion('way', [
  /** Over its public endpoint, or as an AWS service. */
  z.object({ way: z.literal('direct') }),
  /** Through the connector of the network of that name. */
  z.object({ way: z.literal('connector'), network: z.string() }),
  /** Not at all: why, and the lines of cdk.json that would reach it. */
  z.object({ way: z.literal('none'), reason: z.string(), settings: z.string().optional() }),
]);
export type Reach = z.infer<typeof Reach>;

/** A role to take on first, so that databases of other accounts can be seen and opened. */
export const Assume = z.object({
  roleArn: z
    .string()
    .trim()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'is not the ARN of a role'),
  /** As AWS bounds it (STS API Reference, AssumeRole). */
  externalId: z
    .string()
    .trim()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'is not an external id')
    .optional(),
});
export type Assume = z.infer<typeof Assume>;

export const Resource = z.object({
  /** The ARN: unique in the world, and what every later call names. */
  id: z.string(),
  name: z.string(),
  service: Service,
  region: z.string(),
  /** The engine as AWS names it, such as `aurora-postgresql`. */
  awsEngine: z.string(),
  /** Ours; absent where Lodge has none for it. */
  engine: EngineName.optional(),
  version: z.string().optional(),
  /** As AWS says it: `available`, `stopped`, … */
  status: z.string(),
  endpoints: z.array(Endpoint),
  database: z.string().optional(),
  user: z.string().optional(),
  /** False where IAM logins are switched off, or its service has none. */
  iamLogin: z.boolean(),
  /** The managed secret's ARN: RDS, Aurora, Redshift and DocumentDB can keep their main user's password in one. */
  secretArn: z.string().optional(),
  /** What policies for IAM logins name: `db-…` and `cluster-…` (`DbiResourceId`, `DbClusterResourceId`), `prx-…`. */
  loginResourceId: z.string().optional(),
  publiclyAccessible: z.boolean().optional(),
  vpcId: z.string().optional(),
  subnetIds: z.array(z.string()).optional(),
  encrypted: z.boolean().optional(),
  /** True: AWS refuses to delete it. */
  deletionProtection: z.boolean().optional(),
  /** True: it takes no connection without TLS. */
  requiresTls: z.boolean().optional(),
  /** The name of the cluster that an instance is a member of, in its region. */
  clusterId: z.string().optional(),
  /** How large it is, as AWS says it: `db.r6g.large`, `0.5–16 ACU`, `2 × ra3.xlplus`, `128 RPU`. */
  size: z.string().optional(),
  storageGib: z.number().optional(),
  /** The names of the tables, for a region of DynamoDB. */
  tables: z.array(z.string()).optional(),
  /** Those of them that are global tables, with the other regions that have them. */
  globalTables: z.record(z.string(), z.array(z.string())).optional(),
  /** The other regions of a cluster that has several, such as one of Aurora DSQL. */
  otherRegions: z.array(z.string()).optional(),
  /** The page of AWS's console. */
  consoleUrl: z.string().optional(),
  /** Set by the explorer, which knows the networks of this instance. */
  reach: Reach.optional(),
  /** Set where the rules of this instance narrow the user's role here: connections only read. */
  access: z.literal('read-only').optional(),
  /** Those of the tables of a region of DynamoDB that are narrowed so, one by one. */
  readOnlyTables: z.array(z.string()).optional(),
  /** Absent where they could not be read: nobody knows whether there are any. */
  tags: Tags.optional(),
});
export type Resource = z.infer<typeof Resource>;

/** Why something of a list could not be told. */
export const Unread = z.object({
  /** The IAM action of the call. */
  action: z.string(),
  why: z.enum(['denied', 'throttled', 'failed']),
});
export type Unread = z.infer<typeof Unread>;

/** One record for each service × region, as it answers. */
export const ResourcesRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('resources'),
    service: Service,
    region: z.string(),
    /** `disabled`: the region is not enabled for the account, or the service is not there. A later record of the same service and region takes the place of an earlier one. */
    status: z.enum(['ok', 'denied', 'failed', 'throttled', 'timeout', 'disabled']),
    /** The IAM action that is missing, where `denied`. */
    action: z.string().optional(),
    message: z.string().optional(),
    /** IAM actions that would have added details, and are denied: those details are absent. */
    lacking: z.array(z.string()).optional(),
    /** Some are left out: the rules of this instance go by tags there, and these could not be read. By which call, and why. */
    withheld: z.array(Unread).optional(),
    resources: z.array(Resource),
  }),
  z.object({ type: z.literal('heartbeat') }),
  /** The stream ends with one of these two. */
  z.object({ type: z.literal('error'), error: ErrorBody }),
  z.object({ type: z.literal('end'), elapsedMs: z.number() }),
]);
export type ResourcesRecord = z.infer<typeof ResourcesRecord>;
