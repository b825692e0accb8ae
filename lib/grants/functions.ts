/**
 * This folder alone writes IAM. A grant gives what a need of the contract takes, in one call: the statements, and the
 * environment by which the function finds the thing. A need without a grant does not compile.
 *
 * No function may do anything with anybody's databases: those calls carry the keys of the user who signed in.
 */
import { Aws } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Need } from '#contract/route.ts';
import { BY_USER } from '#core/aws/audit/items.ts';
import { ENV } from '#core/env.ts';
import type { Automation } from '../automation/automation.ts';
import { externalId } from '../automation/external-id.ts';
import { notifies } from '../automation/notices.ts';
import type { Results } from '../automation/results.ts';
import type { Connector } from '../connectors.ts';
import type { Settings } from '../settings.ts';
import { machineUse, schedulesUse } from './automation.ts';
import { calling, networksTold } from './connectors.ts';
import { telling, tells } from './event-bus.ts';
import { lambdaRole, watching } from './lambda-role.ts';
import { allowInKeyPolicy, sessionKeyUse } from './session-key.ts';
import { itemUse } from './table.ts';

/** What grants are about: what is there before any function, */
export interface Ground {
  readonly table: Table;
  readonly key: Key;
  readonly connectors: readonly Connector[];
  readonly results: Results;
  readonly settings: Settings;
}

/** and what some functions do for others. */
export interface Grounds extends Ground {
  readonly automation: Automation;
}

export interface Grant {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What takes nothing but the ground. */
type GroundNeed = Exclude<Need, 'schedules.write' | 'machine.use' | 'runner.ask'>;

const OF_GROUND: Record<GroundNeed, (ground: Ground) => Grant> = {
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
    // With the instance in one call, as each request asks: a batch is allowed by one statement for all of its partitions.
    statements: [
      itemUse(table, 'USERS', ['dynamodb:GetItem']),
      itemUse(table, ['INSTANCE', 'USERS'], ['dynamodb:BatchGetItem']),
    ],
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
  'automations.read': ({ table, settings }) => ({
    statements: [itemUse(table, 'AUTOMATIONS', ['dynamodb:GetItem', 'dynamodb:Query'])],
    environment: { [ENV.table]: table.tableName, [ENV.notifies]: String(notifies(settings)) },
  }),
  'automations.write': ({ table }) => ({
    statements: [itemUse(table, 'AUTOMATIONS', ['dynamodb:PutItem', 'dynamodb:DeleteItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'runs.read': ({ table, results }) => ({
    statements: [itemUse(table, 'RUNS#*', ['dynamodb:GetItem', 'dynamodb:Query'])],
    environment: { [ENV.table]: table.tableName, [ENV.resultsBucket]: results.bucket.bucketName },
  }),
  'runs.write': ({ table }) => ({
    statements: [itemUse(table, 'RUNS#*', ['dynamodb:PutItem', 'dynamodb:UpdateItem'])],
    environment: { [ENV.table]: table.tableName },
  }),
  'networks.read': ({ connectors }) => ({ statements: [], environment: networksTold(connectors) }),
  'networks.enter': ({ connectors }) => ({
    statements: connectors.map(({ made }) => calling(made.functionArn)),
    environment: networksTold(connectors),
  }),
};

const GRANTS: Record<Need, (grounds: Grounds) => Grant> = {
  ...OF_GROUND,
  'schedules.write': ({ automation: { schedules, machine } }) => ({
    statements: schedulesUse(schedules),
    environment: {
      [ENV.scheduleGroup]: schedules.group,
      [ENV.scheduleRole]: schedules.role.roleArn,
      [ENV.machine]: machine.stateMachineArn,
    },
  }),
  'machine.use': ({ automation: { machine } }) => ({
    statements: machineUse(machine),
    environment: { [ENV.machine]: machine.stateMachineArn },
  }),
  'runner.ask': ({ automation: { runner } }) => ({
    statements: [calling(runner.made.functionArn)],
    environment: {
      [ENV.runner]: runner.made.functionArn,
      [ENV.runnerRole]: runner.role.roleArn,
      [ENV.externalId]: externalId(),
    },
  }),
};

/** Who may claim: users of the account that is named, or of the stack's own. */
const claimants = ({ claimAccount, allowRoot }: Settings): Readonly<Record<string, string>> => ({
  [ENV.accountId]: claimAccount ?? Aws.ACCOUNT_ID,
  [ENV.allowRoot]: String(allowRoot),
});

export interface Identity {
  /** May do what was granted and nothing else: constructs that would add to it cannot. */
  readonly role: IRole;
  readonly environment: Readonly<Record<string, string>>;
}

/** The role and the environment of a function that has these needs. The key's own policy names it too. */
export function grant(
  scope: Construct,
  { needs, logGroup, grounds }: { needs: readonly Need[]; logGroup: ILogGroup; grounds: Grounds },
): Identity {
  const granted = needs.map((need) => GRANTS[need](grounds));
  const identity = identityOf(scope, { granted, logGroup, ground: grounds });
  if (needs.includes('session.seal')) allowInKeyPolicy(grounds.key, identity.role, 'kms:GenerateDataKey');
  if (needs.includes('session.open')) allowInKeyPolicy(grounds.key, identity.role, 'kms:Decrypt');
  return identity;
}

/** The same for a function that opens no session and is there before those that are called. */
export const grantOnGround = (
  scope: Construct,
  asked: { needs: readonly GroundNeed[]; besides?: readonly Grant[]; logGroup: ILogGroup; ground: Ground },
): Identity => {
  const granted = [...asked.needs.map((need) => OF_GROUND[need](asked.ground)), ...(asked.besides ?? [])];
  return identityOf(scope, { ...asked, granted });
};

const identityOf = (
  scope: Construct,
  { granted, logGroup, ground }: { granted: readonly Grant[]; logGroup: ILogGroup; ground: Ground },
): Identity => ({
  role: lambdaRole(scope, [
    ...watching(logGroup, ground.settings.tracing),
    ...granted.flatMap(({ statements }) => statements),
  ]),
  environment: Object.assign({}, ...granted.map(({ environment }) => environment)),
});
