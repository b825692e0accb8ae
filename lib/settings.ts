/** What a team decides about its instance: the context key `lodge` of cdk.json, read once and valid from then on. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { AppError } from '#contract/errors.ts';

const AccountId = z.string().regex(/^\d{12}$/, 'is the twelve digits of an AWS account');

/** The retentions that CloudWatch Logs knows, in days; longer ones and "forever" are left out. */
const LOG_DAYS = Object.values(RetentionDays).filter(
  (days): days is number => typeof days === 'number' && days <= 3653,
);

const Throttling = z.strictObject({
  /** Requests a second, and how many may come at once, over the whole API. */
  rate: z.number().int().min(1).max(10_000).default(50),
  burst: z.number().int().min(1).max(5_000).default(100),
  /** The same for signing in, which costs most and is what a stranger may call. */
  signInRate: z.number().int().min(1).max(1_000).default(5),
  signInBurst: z.number().int().min(1).max(1_000).default(10),
});

const Domain = z.strictObject({
  name: z.hostname('is a host name, such as lodge.example.com'),
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
      'is the ARN of an ACM certificate in us-east-1: CloudFront takes no other',
    ),
});

const Region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'is not the name of an AWS region');

/** Of a kind of resource of EC2's: eight hexadecimal digits in old accounts, seventeen since 2018. */
const idOf = (kind: string): RegExp => new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`);

/** The longest that a port list may be: a security group has so many rules of its own (VPC quotas), and ENGINES' take a few. */
const PORTS_AT_MOST = 30;

const Network = z.strictObject({
  /** What people read of it, and a part of the names of its resources. */
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,39}$/,
      'begins with a small letter and holds at most 40 small letters, digits and hyphens',
    ),
  /** A VPC of the stack's own region and account. */
  vpcId: z.string().regex(idOf('vpc'), 'is the id of a VPC, such as vpc-0a1b2c3d'),
  subnetIds: z
    .array(z.string().regex(idOf('subnet'), 'is the id of a subnet, such as subnet-0a1b2c3d'))
    .min(1, 'names one subnet at least; two in different zones outlast the failure of one')
    .max(8),
  /** Those of the subnets, in the same order. Left out: nothing here depends on them. */
  availabilityZones: z
    .array(z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/, 'is the name of a zone, such as eu-central-1a'))
    .optional(),
  /** Used in place of one of its own; it must let out to the ports of the databases. */
  securityGroupId: z.string().regex(idOf('sg'), 'is the id of a security group, such as sg-0a1b2c3d').optional(),
  /** Regions whose private databases this VPC reaches, all of their VPCs, over peering or a transit gateway. */
  regions: z.array(Region).min(1).max(10).optional(),
  /** Ports beside those on which the engines listen by default. */
  ports: z.array(z.number().int().min(1).max(65_535)).max(PORTS_AT_MOST).default([]),
});

/** As the names of a stack's outputs have it, which hold no hyphens. */
const withoutHyphens = ({ name }: { readonly name: string }): string => name.replaceAll('-', '');

/** Each network is a function: few enough that the environment of the others (4 KB in all) holds them. */
const Networks = z
  .array(Network)
  .max(5, 'holds five networks at most')
  .superRefine((networks, context) => {
    for (const [at, { name, subnetIds, availabilityZones }] of networks.entries()) {
      if (networks.findIndex((other) => withoutHyphens(other) === withoutHyphens({ name })) < at)
        context.addIssue({
          code: 'custom',
          path: [at, 'name'],
          message: 'is the name of another network too, hyphens aside',
        });
      if (availabilityZones && availabilityZones.length !== subnetIds.length)
        context.addIssue({
          code: 'custom',
          path: [at, 'availabilityZones'],
          message: 'names as many zones as there are subnets, in the same order',
        });
    }
  });

const RolePattern = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+\*?$/,
    'is the ARN of an IAM role of one account, and may end with *',
  );

const Fields = z.strictObject({
  /** The name of the stack: two instances in one account and region need two names. */
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'begins with a letter and holds only letters, digits and hyphens')
    .default('Lodge'),
  /** Where to deploy. Left out: where the AWS CLI's profile points. */
  account: AccountId.optional(),
  region: Region.optional(),
  /** The account whose users may claim this instance. Left out: the one it is deployed in. */
  claimAccount: AccountId.optional(),
  /** Whether the account's root user may sign in. */
  allowRoot: z.boolean().default(false),
  /** `per-user`: each user has execution environments of their own in every function that opens sessions. */
  isolation: z.enum(['shared', 'per-user']).default('shared'),
  /** How long log lines are kept. */
  logDays: z
    .number()
    .refine((days) => LOG_DAYS.includes(days), `is one of ${LOG_DAYS.join(', ')}`)
    .default(30),
  throttling: Throttling.prefault({}),
  /**
   * The event bus that is told of each record of what was done: a name, an ARN, or "none". The account's own bus is called
   * default, and whoever makes no rule on it pays next to nothing.
   */
  auditBus: z
    .string()
    .regex(
      /^(?:arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/)?[\w./-]{1,256}$/,
      'is the name or the ARN of an event bus, or "none"',
    )
    .default('default'),
  /** The VPCs whose private databases are reached, each through a connector of its own. */
  networks: Networks.default([]),
  /** A name of your own. It also raises the oldest TLS that is answered from 1.0 to 1.2. */
  domain: Domain.optional(),
  /** A web ACL (AWS WAF, regional) for the API. It costs money while nobody uses Lodge. */
  webAclArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/\S+$/,
      'is the ARN of a regional web ACL of AWS WAF',
    )
    .optional(),
  /** Which of CloudFront's edges serve the pages: 100 is North America and Europe, and the cheapest. */
  priceClass: z.enum(['100', '200', 'All']).default('100'),
  /** True: the table refuses to be deleted, and outlives the stack. */
  keepData: z.boolean().default(true),
  /** X-Ray traces of every call. */
  tracing: z.boolean().default(false),
  /** How long results of runs are kept, in days. */
  resultDays: z.number().int().min(1).max(3_650).default(30),
  /**
   * Patterns of the roles that runs may take on at all, for IAM; an administrator narrows them on the settings page. Left
   * out: those of the stack's own account whose names begin with `lodge-`.
   */
  automationRoles: z.array(RolePattern).min(1).max(20).optional(),
  /** Who hears of runs: one e-mail address, or a topic that is there already. Left out: nobody. */
  notifyEmail: z.email('is not an e-mail address').optional(),
  notifyTopicArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, 'is the ARN of an SNS topic that is no FIFO topic')
    .optional(),
  /** Who hears the alarms. Left out: there are none. */
  alarmEmail: z.email('is not an e-mail address').optional(),
  /** False where this region's API Gateway has its role for CloudWatch Logs already, and it must not be replaced. */
  apiGatewayLogRole: z.boolean().default(true),
});

/** Where Lambda isolates no tenants: China, GovCloud, New Zealand (AWS, "AWS Lambda announces tenant isolation mode", 2025). */
const SHARES_ONLY = /^(cn|us-gov)-|^ap-southeast-6$/;

export const Settings = Fields.refine(
  ({ isolation, region = '' }) => isolation === 'shared' || !SHARES_ONLY.test(region),
  { path: ['isolation'], message: 'is not to be had in this region: Lambda isolates no tenants there' },
).refine(({ notifyEmail, notifyTopicArn }) => !(notifyEmail && notifyTopicArn), {
  path: ['notifyTopicArn'],
  message: 'takes the place of notifyEmail: one of them, not both',
});
export type Settings = z.output<typeof Settings>;

/**
 * Reads the settings from the context, as cdk.json (an object) or `-c lodge='{…}'` (JSON) give it.
 * Throws INPUT_INVALID, naming each wrong field by its path.
 */
export function readSettings(context: unknown): Settings {
  const read = Settings.safeParse(typeof context === 'string' ? readJson(context) : (context ?? {}));
  if (read.success) return read.data;
  const fields = read.error.issues.flatMap(fieldsOf);
  const lines = fields.map(({ path, message }) => `  ${path}: ${message}`);
  throw new AppError('INPUT_INVALID', {
    message: ['The settings in cdk.json are not valid:', ...lines].join('\n'),
    details: { fields },
  });
}

/** What was a setting here once, and where it is decided now. */
const MOVED: Readonly<Record<string, string>> = {
  'lodge.scan': 'is decided on the settings page of the instance now: take it out of cdk.json, and set it there',
  'lodge.sessionMinutes': 'is decided at the claim, and on the settings page of the instance: take it out of cdk.json',
};

/** A key that does not exist is named itself, and not by the object around it. */
function fieldsOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const at = (path: readonly PropertyKey[]) => ['lodge', ...path].map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path: at(issue.path), message: issue.message }];
  return issue.keys.map((key) => {
    const path = at([...issue.path, key]);
    return { path, message: MOVED[path] ?? 'is no setting' };
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('INPUT_INVALID', { message: 'The context "lodge" is not valid JSON.', cause });
  }
}
