/** Statements of IAM policies to copy: what a missing permission asks for. */

/** Allows some actions. Listing calls know no resource but `*`. */
export const policyStatement = (actions: readonly string[], resource = '*'): string =>
  JSON.stringify({ Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: resource }, null, 2);

/** Lets somebody take a role on: what the role's own trust policy must hold (IAM User Guide, "Roles terms and concepts"). */
export const trustStatement = (principalArn: string, externalId?: string): string =>
  JSON.stringify(
    {
      Effect: 'Allow',
      Principal: { AWS: principalArn },
      Action: 'sts:AssumeRole',
      ...(externalId ? { Condition: { StringEquals: { 'sts:ExternalId': externalId } } } : {}),
    },
    null,
    2,
  );

/**
 * Whom a trust policy names for somebody who has signed in. A session of a role stands for the role: policies name that
 * one (IAM User Guide, "AWS JSON policy elements: Principal"). The path of a role is in no session's ARN, so that a role
 * with one is to be put in by hand.
 */
export function principalOf(arn: string): string {
  const [, partition, account, role] = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return role ? `arn:${partition}:iam::${account}:role/${role}` : arn;
}
