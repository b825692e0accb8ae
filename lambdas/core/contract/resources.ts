/** What discovery finds, and the records of its stream. */
import * as z from 'zod';
import { EngineName } from './engines.ts';
import { ErrorBody } from './errors.ts';

/** The services that discovery asks, and the one IAM action that each needs. */
export const SERVICES = {
  rds: { title: 'RDS', actions: ['rds:DescribeDBInstances'] },
  aurora: { title: 'Aurora', actions: ['rds:DescribeDBClusters'] },
  dynamodb: { title: 'DynamoDB', actions: ['dynamodb:ListTables'] },
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
  /** What the endpoint is for: a cluster has a writer and a reader. */
  use: z.enum(['instance', 'writer', 'reader']),
});
export type Endpoint = z.infer<typeof Endpoint>;

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
  iamLogin: z.boolean(),
  publiclyAccessible: z.boolean().optional(),
  vpcId: z.string().optional(),
  encrypted: z.boolean().optional(),
  /** The cluster that an instance is a member of. */
  clusterId: z.string().optional(),
  /** The names of the tables, for a region of DynamoDB. */
  tables: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()),
});
export type Resource = z.infer<typeof Resource>;

/** One record for each service × region, as it answers. */
export const ResourcesRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('resources'),
    service: Service,
    region: z.string(),
    status: z.enum(['ok', 'denied', 'failed']),
    /** The IAM action that is missing, where `denied`. */
    action: z.string().optional(),
    message: z.string().optional(),
    resources: z.array(Resource),
  }),
  z.object({ type: z.literal('heartbeat') }),
  /** The stream ends with one of these two. */
  z.object({ type: z.literal('error'), error: ErrorBody }),
  z.object({ type: z.literal('end'), elapsedMs: z.number() }),
]);
export type ResourcesRecord = z.infer<typeof ResourcesRecord>;
