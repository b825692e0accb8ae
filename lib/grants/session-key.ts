/** The key of sessions: who may use it, and for what alone. */
import { AccountRootPrincipal, type IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';

/** The words that `session/session-token.ts` binds to each wrapped key. A call without them, or with others, is refused. */
const SESSION_CONTEXT = ['lodge:session', 'lodge:user'];

export const sessionKeyUse = (key: Key, action: 'kms:GenerateDataKey' | 'kms:Decrypt'): PolicyStatement =>
  new PolicyStatement({
    actions: [action],
    resources: [key.keyArn],
    conditions: {
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': SESSION_CONTEXT },
      Null: Object.fromEntries(SESSION_CONTEXT.map((name) => [`kms:EncryptionContext:${name}`, 'false'])),
    },
  });

/** What an administrator of the account may do with the key: look after it, but open nothing. */
export const KEY_ADMINISTRATION = [
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
export const allowInKeyPolicy = (key: Key, role: IRole, action: string): void => {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new AccountRootPrincipal()],
      actions: [action],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:PrincipalArn': role.roleArn } },
    }),
  );
};
