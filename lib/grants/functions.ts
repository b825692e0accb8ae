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
import type { Connector } from '../connectors.ts';
import type { Settings } from '../settings.ts';
import { calling, networksTold } from './connectors.ts';
import { telling, tells } from './event-bus.ts';
import { lambdaRole, watching } from './lambda-role.ts';
import { allowInKeyPolicy, sessionKeyUse } from './session-key.ts';
import { itemUse } from './table.ts';

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

/** Who may claim: users of the account that is named, or of the stack's own. */
const claimants = ({ claimAccount, allowRoot }: Settings): Readonly<Record<string, string>> => ({
  [ENV.accountId]: claimAccount ?? Aws.ACCOUNT_ID,
  [ENV.allowRoot]: String(allowRoot),
});

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
