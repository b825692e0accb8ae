/**
 * The IAM policy to hand to users: whatever Lodge does with their keys, written down from the tables that do it. A service
 * that is not chosen, and all that is left out, cannot be used; everything else goes on.
 */
import { RESULTS_FOLDER } from './automations.ts';
import { LoginMethod } from './engines.ts';
import { fillArn, LOGIN_NEEDS } from './login-needs.ts';
import { type Policy, policyOf, statement, within, wordOf } from './policies.ts';
import { SERVICES, Service } from './resources.ts';

/**
 * So long may a managed policy be, whitespace aside (IAM User Guide, "IAM and AWS STS quotas"). Inline policies are held
 * to less: 2,048 for a user, 5,120 for a group, 10,240 for a role, all of theirs together.
 */
export const POLICY_LIMIT = 6_144;

export interface PolicyChoices {
  readonly services: readonly Service[];
  /** Nothing of DynamoDB that writes. What one may write elsewhere is the database user's. */
  readonly readOnly: boolean;
  /** Logins by a secret of Secrets Manager. */
  readonly secrets: boolean;
  /** The results of automations: whose rows they hold, IAM does not know. */
  readonly results: boolean;
  /** The account's name, and what rules for first sign-ins look at. */
  readonly identity: boolean;
  /** The role of other accounts that may be taken on; undefined for none. */
  readonly role?: string | undefined;
  /** The database user of IAM logins; `*` for any. */
  readonly databaseUser: string;
  readonly partition: string;
  readonly accountId: string;
  /** None: all of them. */
  readonly regions: readonly string[];
}

/** What statements that read call. */
export const DYNAMODB_READS = [
  'dynamodb:DescribeTable',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
] as const;
/** What opening a table tells beside; the backups are told for the whole account only. */
const DYNAMODB_DETAILS = ['dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTimeToLive'] as const;
export const DYNAMODB_WRITES = ['dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'] as const;
const DYNAMODB_BACKUPS = ['dynamodb:ListBackups'] as const;

/** Says the key of a secret where it lacks, and reads what it holds. */
const SECRET_ACTIONS = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] as const;

/** The alias of the account; path and tags of the user or the role. */
const IDENTITY_ACTIONS = ['iam:GetRole', 'iam:ListAccountAliases', 'iam:ListRoleTags', 'iam:ListUserTags'] as const;

export function userPolicy(choices: PolicyChoices): Policy {
  const parts = [find, logIn, secrets, tables, results, otherAccounts, identity];
  return policyOf(parts.flatMap((part) => part(choices)));
}

/** As IAM counts it. */
export const policySize = (policy: Policy): number => JSON.stringify(policy).replaceAll(/\s/g, '').length;

type Part = (choices: PolicyChoices) => ReturnType<typeof statement>;

const find: Part = ({ services, regions }) => {
  const actions = services.flatMap((service): readonly string[] => SERVICES[service].actions);
  const backups = services.includes('dynamodb') ? DYNAMODB_BACKUPS : [];
  return statement('Find', [...actions, ...backups], ['*'], within(regions));
};

/** One statement for each action: what it names differs. */
const logIn: Part = (choices) => {
  const needs = choices.services.flatMap((service) =>
    LoginMethod.options.flatMap((method) => LOGIN_NEEDS[method]?.[service] ?? []),
  );
  return [...Map.groupBy(needs, ({ action }) => action)].flatMap(([action, same]) =>
    statement(
      `LogIn${wordOf(action)}`,
      [action],
      same.flatMap(({ resource }) => arns(resource, choices)),
    ),
  );
};

const secrets: Part = (choices) =>
  choices.secrets
    ? [
        ...statement(
          'ReadSecrets',
          SECRET_ACTIONS,
          arns('arn:{partition}:secretsmanager:{region}:{account}:secret:*', choices),
        ),
        ...statement('DecryptSecrets', ['kms:Decrypt'], arns('arn:{partition}:kms:{region}:{account}:key/*', choices), {
          StringLike: { 'kms:ViaService': 'secretsmanager.*' },
        }),
      ]
    : [];

/** The ARN of a table's index begins with the table's own. */
const tables: Part = (choices) => {
  if (!choices.services.includes('dynamodb')) return [];
  const names = arns('arn:{partition}:dynamodb:{region}:{account}:table/*', choices);
  return [
    ...statement('ReadTables', [...DYNAMODB_READS, ...DYNAMODB_DETAILS], names),
    ...(choices.readOnly ? [] : statement('WriteTables', DYNAMODB_WRITES, names)),
  ];
};

/** The name of the bucket is made at the deployment: its account and the folder are what can be said here. */
const results: Part = (choices) =>
  choices.results
    ? [
        ...statement('ReadResults', ['s3:GetObject'], [`arn:${choices.partition}:s3:::*/${RESULTS_FOLDER}*`], {
          StringEquals: { 's3:ResourceAccount': choices.accountId },
        }),
        ...statement('DecryptResults', ['kms:Decrypt'], arns('arn:{partition}:kms:{region}:{account}:key/*', choices), {
          StringLike: { 'kms:ViaService': 's3.*' },
        }),
      ]
    : [];

const otherAccounts: Part = ({ role }) => (role ? statement('TakeOnRoles', ['sts:AssumeRole'], [role]) : []);

/** IAM is one for all regions. */
const identity: Part = (choices) => (choices.identity ? statement('KnowOneself', IDENTITY_ACTIONS, ['*']) : []);

const arns = (template: string, { partition, accountId, regions, databaseUser }: PolicyChoices): string[] =>
  (regions.length > 0 ? regions : ['*']).map((region) =>
    fillArn(template, { partition, account: accountId, region, user: databaseUser }),
  );

/** All that there is to choose, where nobody has chosen yet. */
export const EVERYTHING: Omit<PolicyChoices, 'partition' | 'accountId' | 'regions'> = {
  services: Service.options,
  readOnly: false,
  secrets: true,
  results: true,
  identity: true,
  databaseUser: '*',
};
