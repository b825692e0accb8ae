/** What a role of automations must say, to paste. */

import type { AutomationGround } from '#contract/automations.ts';
import { LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import { trustStatement } from '../../app/policy.ts';

/**
 * Its trust policy, whole: only the function of runs takes it on, and only for this instance (IAM User Guide, "Access to
 * AWS accounts owned by third parties": the external id).
 */
export const trustPolicy = ({ runnerRoleArn, externalId }: Pick<AutomationGround, 'runnerRoleArn' | 'externalId'>) =>
  JSON.stringify(
    { Version: '2012-10-17', Statement: [JSON.parse(trustStatement(runnerRoleArn, externalId))] },
    null,
    2,
  );

/** What the role must be allowed to log in so, by its method. */
const LOGIN_NEEDS: Partial<Record<LoginMethod, string>> = {
  iam: 'rds-db:connect, redshift-serverless:GetCredentials or dsql:DbConnect for its database user',
  identity: 'the database user that is its own',
  temporary: 'redshift:GetClusterCredentials for the user',
  secret: 'secretsmanager:GetSecretValue on the secret',
  keys: 'what the statement does, such as dynamodb:Query',
};

/** What the role must allow, a sentence a need. It writes nothing to S3: the instance does. */
export const roleNeeds = (method: LoginMethod | ''): string[] => [
  'To find the resource: the listing call of its service, such as rds:DescribeDBInstances.',
  `To log in${method && ` by ${LOGIN_METHODS[method].title}`}: ${(method && LOGIN_NEEDS[method]) || 'what the login asks for, such as rds-db:connect for its database user, or secretsmanager:GetSecretValue on its secret'}.`,
  'Nothing for the result: the instance itself writes it to its bucket.',
];

/** A pattern of the settings: `*` stands for any characters, `?` for one. */
export const matchesPattern = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(arn);
