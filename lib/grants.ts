/**
 * The only file that writes IAM. A grant gives what a need of the contract takes, in one call: the statements, and the
 * environment by which the function finds the thing. A need without a grant does not compile.
 *
 * No function may do anything with anybody's databases: those calls carry the keys of the user who signed in.
 */
import { Aws } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  AccountRootPrincipal,
  Effect,
  type IRole,
  Policy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Need } from '#contract/route.ts';
import { EVENT_SOURCE } from '#core/aws/audit/event-source.ts';
import { BY_USER } from '#core/aws/audit/items.ts';
import { ENV } from '#core/env.ts';
import type { Network } from '#core/networks/network.ts';
import type { Connector } from './connectors.ts';
import type { Settings } from './settings.ts';

/** What grants are about. */
export interface Grounds {
  readonly table: Table;
  readonly key: Key;
  readonly connectors: readonly Connector[];
  readonly settings: Settings;
}

interface Grant {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
}

const GRANTS: Record<Need, (grounds: Grounds) => Grant> = {
  'session.seal': ({ key, settings }) => ({
    statements: [sessionKeyUse(key, 'kms:GenerateDataKey')],
    environment: { [ENV.sessionKeyId]: key.keyArn, ...claimants(settings) },
  }),
  'session.open': ({ key }) => ({
    statements: [sessionKeyUse(key, 'kms:Decrypt')],
    environment: { [ENV.sessionKeyId]: key.keyArn },
  }),
  'instance.read': ({ table }) => ({
    statements: [itemUse(table, 'INSTANCE', ['dynamodb:GetItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'instance.claim': ({ table, settings }) => ({
    statements: [itemUse(table, 'INSTANCE', ['dynamodb:PutItem'])],
    environment: { [ENV.table]: table.tableName, ...claimants(settings) },
  }),
  'instance.write': ({ table }) => ({
    statements: [itemUse(table, 'INSTANCE', ['dynamodb:PutItem', 'dynamodb:UpdateItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'users.read': ({ table }) => ({
    statements: [itemUse(table, 'USERS', ['dynamodb:GetItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'users.write': ({ table }) => ({
    statements: [itemUse(table, 'USERS', ['dynamodb:UpdateItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'users.list': ({ table }) => ({
    statements: [itemUse(table, 'USERS', ['dynamodb:Query'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'attempts.count': ({ table }) => ({
    statements: [itemUse(table, 'ATTEMPTS', ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'statements.count': ({ table }) => ({
    statements: [itemUse(table, 'RUNNING', ['dynamodb:GetItem', 'dynamodb:UpdateItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'audit.read': ({ table }) => ({
    statements: [itemUse(table, 'AUDIT#*', ['dynamodb:Query'], `index/${BY_USER.index}`)],
    environment: { [ENV.table]: table.tableName },
  }),
  'audit.write': ({ table, settings }) => ({
    statements: [itemUse(table, 'AUDIT#*', ['dynamodb:PutItem']), ...telling(settings)],
    environment: { [ENV.table]: table.tableName, ...(tells(settings) && { [ENV.auditBus]: settings.auditBus }) },
  }),
  'scripts.read': ({ table }) => ({
    statements: [itemUse(table, 'SCRIPT*', ['dynamodb:GetItem', 'dynamodb:Query'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'scripts.write': ({ table }) => ({
    statements: [itemUse(table, 'SCRIPT*', ['dynamodb:PutItem', 'dynamodb:DeleteItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'automations.read': ({ table }) => ({
    statements: [itemUse(table, 'AUTOMATIONS', ['dynamodb:GetItem', 'dynamodb:Query'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'automations.write': ({ table }) => ({
    statements: [itemUse(table, 'AUTOMATIONS', ['dynamodb:PutItem', 'dynamodb:DeleteItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'runs.read': ({ table }) => ({
    statements: [itemUse(table, 'RUNS#*', ['dynamodb:GetItem', 'dynamodb:Query'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'runs.write': ({ table }) => ({
    statements: [itemUse(table, 'RUNS#*', ['dynamodb:PutItem', 'dynamodb:UpdateItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'schedules.write': () => ({ statements: [], environment: {} }),
  'machine.use': () => ({ statements: [], environment: {} }),
  'runner.ask': () => ({ statements: [], environment: {} }),
  'networks.read': ({ connectors }) => ({ statements: [], environment: networksTold(connectors) }),
  'networks.enter': ({ connectors }) => ({
    statements: connectors.map(({ made }) => calling(made.functionArn)),
    environment: networksTold(connectors),
  }),
};

/** Said also where there are none: a function in AWS reaches private databases in no other way. */
const networksTold = (connectors: readonly Connector[]): Readonly<Record<string, string>> => ({
  [ENV.networks]: JSON.stringify(
    connectors.map(({ network: { name, vpcId, subnetIds, regions }, made }): Network => {
      return { name, vpcId, subnetIds, ...(regions && { regions }), connector: made.functionName };
    }),
  ),
});

/** `InvokeWithResponseStream` is permitted by this action too (Service Authorization Reference, AWS Lambda). */
const calling = (functionArn: string): PolicyStatement =>
  new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] });

/** Who may claim: users of the account that is named, or of the stack's own. */
const claimants = ({ claimAccount, allowRoot }: Settings): Readonly<Record<string, string>> => ({
  [ENV.accountId]: claimAccount ?? Aws.ACCOUNT_ID,
  [ENV.allowRoot]: String(allowRoot),
});

/** The words that `session/session-token.ts` binds to each wrapped key. A call without them, or with others, is refused. */
const SESSION_CONTEXT = ['lodge:session', 'lodge:user'];

const sessionKeyUse = (key: Key, action: 'kms:GenerateDataKey' | 'kms:Decrypt'): PolicyStatement =>
  new PolicyStatement({
    actions: [action],
    resources: [key.keyArn],
    conditions: {
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': SESSION_CONTEXT },
      Null: Object.fromEntries(SESSION_CONTEXT.map((name) => [`kms:EncryptionContext:${name}`, 'false'])),
    },
  });

/** What the table's partitions begin with; the record of what was done has one a day. */
type Partition = 'INSTANCE' | 'USERS' | 'ATTEMPTS' | 'RUNNING' | 'AUDIT#*' | 'SCRIPT*' | 'AUTOMATIONS' | 'RUNS#*';

/** Of one partition only, and never a scan: no function can read what it was not asked for. */
const itemUse = (table: Table, partition: Partition, actions: string[], index?: string): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [table.tableArn, ...(index ? [`${table.tableArn}/${index}`] : [])],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partition] } },
  });

const tells = ({ auditBus }: Settings): boolean => auditBus !== 'none';

/** On one bus, as what Lodge calls itself: no function can pass for another source of events. */
const telling = (settings: Settings): PolicyStatement[] => {
  const { auditBus } = settings;
  if (!tells(settings)) return [];
  const arn = auditBus.startsWith('arn:')
    ? auditBus
    : `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/${auditBus}`;
  const conditions = { StringEquals: { 'events:source': EVENT_SOURCE } };
  return [new PolicyStatement({ actions: ['events:PutEvents'], resources: [arn], conditions })];
};

/** A function's own lines, and its traces where the settings ask for them. X-Ray knows no resources to narrow down to. */
function watching(logGroup: ILogGroup, tracing: boolean): PolicyStatement[] {
  const logs = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const traces = new PolicyStatement({
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
  });
  return tracing ? [logs, traces] : [logs];
}

interface Identity {
  /** May do what was granted and nothing else: constructs that would add to it cannot. */
  readonly role: IRole;
  readonly environment: Readonly<Record<string, string>>;
}

/** The role and the environment of a function that has these needs. The key's own policy names it too. */
export function grant(
  scope: Construct,
  { needs, logGroup, grounds }: { needs: readonly Need[]; logGroup: ILogGroup; grounds: Grounds },
): Identity {
  const grants = needs.map((need) => GRANTS[need](grounds));
  const role = lambdaRole(scope, [
    ...watching(logGroup, grounds.settings.tracing),
    ...grants.flatMap(({ statements }) => statements),
  ]);
  if (needs.includes('session.seal')) allowInKeyPolicy(grounds.key, role, 'kms:GenerateDataKey');
  if (needs.includes('session.open')) allowInKeyPolicy(grounds.key, role, 'kms:Decrypt');
  return { role, environment: Object.assign({}, ...grants.map(({ environment }) => environment)) };
}

/**
 * Lambda makes a function's network interfaces with the function's own role: these actions are the ones that it asks for
 * (Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"), and most know no resources.
 */
const INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * For a connector: its log, its network interfaces, and nothing else. What is meant for Lambda is denied to the code: a
 * call that a function makes carries `lambda:SourceFunctionArn`, and one that Lambda makes for it does not (the same page).
 */
export const connectorRole = (scope: Construct, logGroup: ILogGroup): IRole =>
  lambdaRole(scope, [
    ...watching(logGroup, false),
    new PolicyStatement({ actions: INTERFACES, resources: ['*'] }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions: [...INTERFACES, 'ec2:DetachNetworkInterface'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'lambda:SourceFunctionArn': `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:*`,
        },
      },
    }),
  ]);

function lambdaRole(scope: Construct, statements: PolicyStatement[]): IRole {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  // Below the role, so that whatever waits for the role waits for what it may do.
  new Policy(role, 'Policy', { statements, roles: [role] });
  return role.withoutPolicyUpdates();
}

/** What an administrator of the account may do with the key: look after it, but open nothing. */
const KEY_ADMINISTRATION = [
  'CancelKeyDeletion',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateKeyDescription',
];

/** The key's policy before any function is there: unlike AWS's default it lets nobody use the key by IAM alone. */
export const keyPolicy = (): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'Administration',
        principals: [new AccountRootPrincipal()],
        actions: KEY_ADMINISTRATION.map((action) => `kms:${action}`),
        resources: ['*'],
      }),
    ],
  });

/**
 * Names the account and the role's ARN, not the role: KMS refuses a principal that IAM has made a moment ago, and IAM's
 * own policy is asked as well.
 */
const allowInKeyPolicy = (key: Key, role: IRole, action: string): void => {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new AccountRootPrincipal()],
      actions: [action],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:PrincipalArn': role.roleArn } },
    }),
  );
};

/** For the function that copies the built pages into the site's bucket at each deployment. */
export const publisherRole = (
  scope: Construct,
  { pages, bucket, logGroup }: { pages: Asset; bucket: IBucket; logGroup: ILogGroup },
): IRole =>
  lambdaRole(scope, [
    ...watching(logGroup, false),
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [pages.bucket.arnForObjects(pages.s3ObjectKey)],
    }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new PolicyStatement({ actions: ['s3:PutObject', 's3:DeleteObject'], resources: [bucket.arnForObjects('*')] }),
  ]);

/** Lets this account's alarms speak to the topic: a policy of its own takes the place of SNS's default one. */
export const allowAlarms = (topic: ITopic): void => {
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
};
