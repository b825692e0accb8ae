/**
 * The IAM policy to hand to the role of an automation: what finding, opening and reading one resource calls, and nothing
 * else. Which action takes which ARN: Service Authorization Reference.
 */
import type { RunLogin } from './automations.ts';
import { ENGINES, LOGIN_METHODS } from './engines.ts';
import { fillArn, LOGIN_NEEDS } from './login-needs.ts';
import { type Policy, policyOf, statement, within, wordOf } from './policies.ts';
import type { Resource } from './resources.ts';
import { filledIn, safestLogin } from './run-login.ts';
import { DYNAMODB_READS, DYNAMODB_WRITES } from './user-policy.ts';

export interface RunPlace {
  readonly resource: Resource;
  /** Left out: the safest that the resource offers. */
  readonly login?: RunLogin | undefined;
  /** Left out: the resource's own. */
  readonly database?: string | undefined;
  readonly readOnly: boolean;
  /** Of DynamoDB; none: all of the region. */
  readonly tables: readonly string[];
}

export interface RunPolicy {
  readonly policy: Policy;
  /** What whoever pastes it must know, a sentence each. */
  readonly says: readonly string[];
}

/** It lets nobody write to S3: the instance itself writes the result. */
export function runPolicy(place: RunPlace): RunPolicy {
  const login = place.login ? filledIn(place.login, place.resource) : safestLogin(place.resource);
  const standing = { ...place, asked: place.login, login, values: valuesOf(place, login) };
  const parts = [find, logIn, readSecret, readTables].map((part) => part(standing));
  return {
    policy: policyOf(parts.flatMap(({ statements }) => statements)),
    says: parts.flatMap(({ says = [] }) => says),
  };
}

interface Standing extends Omit<RunPlace, 'login'> {
  /** As the plan names it, and as it will be. */
  readonly asked: RunLogin | undefined;
  readonly login: RunLogin | undefined;
  /** What ARNs are filled in with. */
  readonly values: Readonly<Record<string, string | undefined>>;
}

interface Part {
  readonly statements: ReturnType<typeof statement>;
  readonly says?: readonly string[];
}

function valuesOf({ resource, database }: RunPlace, login: RunLogin | undefined): Standing['values'] {
  const [, partition, , region, account] = resource.id.split(':');
  return {
    resource: resource.id,
    partition,
    region,
    account,
    name: resource.id.split(/[:/]/).at(-1),
    loginResource: resource.loginResourceId,
    user: login?.user,
    database: database ?? resource.database ?? (resource.engine && ENGINES[resource.engine].defaultDatabase),
  };
}

interface Finding {
  readonly action: string;
  readonly arn: string;
  /** Left out: always. */
  when?(standing: Standing): boolean;
}

const SUBNET_GROUPS: Finding = {
  action: 'rds:DescribeDBSubnetGroups',
  arn: 'arn:{partition}:rds:{region}:{account}:subgrp:*',
  // Only its subnet group tells the VPC of a cluster, and so the connector that reaches it.
  when: ({ resource }) => resource.reach?.way === 'connector',
};

/** By what an ARN names (`rds:db`), as discovery asks for one thing: some can only be found in the list of all. */
const FINDINGS: Readonly<Record<string, readonly Finding[]>> = {
  'rds:db': [{ action: 'rds:DescribeDBInstances', arn: '{resource}' }],
  'rds:cluster': [{ action: 'rds:DescribeDBClusters', arn: '{resource}' }, SUBNET_GROUPS],
  'rds:db-proxy': [
    { action: 'rds:DescribeDBProxies', arn: 'arn:{partition}:rds:{region}:{account}:db-proxy:*' },
    // A tag names the database user where the plan does not, and the list of proxies says no tags.
    { action: 'rds:ListTagsForResource', arn: '{resource}', when: ({ asked }) => !asked?.user },
  ],
  'redshift:cluster': [{ action: 'redshift:DescribeClusters', arn: '{resource}' }],
  'redshift-serverless:workgroup': [
    { action: 'redshift-serverless:ListWorkgroups', arn: '*' },
    // Says the database and the managed secret.
    {
      action: 'redshift-serverless:ListNamespaces',
      arn: '*',
      when: ({ database, login }) => !database || login?.method === 'secret',
    },
  ],
  'dynamodb:table': [{ action: 'dynamodb:ListTables', arn: '*' }],
  'docdb-elastic:cluster': [{ action: 'docdb-elastic:GetCluster', arn: '{resource}' }],
  'dsql:cluster': [{ action: 'dsql:GetCluster', arn: '{resource}' }],
};

function find(standing: Standing): Part {
  const { resource, values } = standing;
  const [, , service = '', region = '', , kind = ''] = resource.id.split(/[:/]/);
  const findings = (FINDINGS[`${service}:${kind}`] ?? []).filter(({ when }) => when?.(standing) ?? true);
  const arns = Map.groupBy(findings, ({ arn }) => fillArn(arn, values));
  return {
    statements: [...arns].flatMap(([arn, same]) =>
      statement(
        `Find${wordOf(same[0]?.action ?? '')}`,
        same.map(({ action }) => action),
        [arn],
        arn === '*' ? within([region]) : undefined,
      ),
    ),
  };
}

/** One statement for each action: what it names differs. */
function logIn({ resource, login, values }: Standing): Part {
  const all = (login && LOGIN_NEEDS[login.method]?.[resource.service]) ?? [];
  const own = all.filter(({ only }) => only !== undefined && only === login?.user);
  const needs = own.length > 0 ? own : all.filter(({ only }) => only === undefined);
  if (!login) return { statements: [], says: ['Name a login: nothing here says how a run would log in by itself.'] };
  if (needs.length > 0 && LOGIN_METHODS[login.method].asksUser && !login.user)
    return { statements: [], says: ['Name the database user: the policy then lets the role log in as that one.'] };
  const open = needs.some(({ resource: arn }) => arn.includes('{loginResource}')) && !resource.loginResourceId;
  return {
    statements: [...Map.groupBy(needs, ({ action }) => action)].flatMap(([action, same]) =>
      statement(
        `LogIn${wordOf(action)}`,
        [action],
        same.map(({ resource: arn }) => fillArn(arn, values)),
      ),
    ),
    says: open
      ? [`Put the resource id of its cluster in the place of dbuser:*: that of ${resource.name} is not known here.`]
      : [],
  };
}

/** Decrypts that one secret and nothing else: Secrets Manager says its ARN in the encryption context (Secrets Manager User Guide, "Secret encryption and decryption"). */
function readSecret({ resource, login }: Standing): Part {
  if (!login || !LOGIN_METHODS[login.method].asksSecret) return { statements: [] };
  const secretArn = login.secretArn ?? resource.secretArn;
  if (!secretArn) return { statements: [], says: [`Name the secret: ${resource.name} manages none.`] };
  const [, partition, , region, account] = secretArn.split(':');
  const key = fillArn('arn:{partition}:kms:{region}:{account}:key/*', { partition, region, account });
  return {
    statements: [
      ...statement('ReadSecret', ['secretsmanager:GetSecretValue'], [secretArn]),
      ...statement('DecryptSecret', ['kms:Decrypt'], [key], {
        StringEquals: { 'kms:EncryptionContext:SecretARN': secretArn },
        StringLike: { 'kms:ViaService': `secretsmanager.${region}.*` },
      }),
    ],
    says: [
      'DecryptSecret is for a secret under a key of your own. Under the key of AWS it is not needed: leave it out.',
    ],
  };
}

function readTables({ resource, readOnly, tables, values }: Standing): Part {
  if (resource.service !== 'dynamodb') return { statements: [] };
  const named = (tables.length > 0 ? tables : ['*']).map((table) =>
    fillArn(`arn:{partition}:dynamodb:{region}:{account}:table/${table}`, values),
  );
  // That of all tables is the beginning of their indexes' ARNs, too.
  const indexes = tables.length > 0 ? named.map((arn) => `${arn}/index/*`) : [];
  return {
    statements: [
      ...statement('ReadTables', DYNAMODB_READS, [...named, ...indexes]),
      ...(readOnly ? [] : statement('WriteTables', DYNAMODB_WRITES, named)),
    ],
  };
}
