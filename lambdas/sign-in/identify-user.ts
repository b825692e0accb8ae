import { AppError } from '#contract/errors.ts';
import type { User, UserKind } from '#contract/people.ts';

interface Identified {
  readonly user: User;
  readonly partition: string;
  readonly accountId: string;
}

/** `arn:partition:service::account:resource`; the resource may hold colons. */
const ARN = /^arn:(?<partition>[^:]+):(?:iam|sts)::(?<accountId>\d{12}):(?<resource>.+)$/;

/** The forms of a caller's ARN (IAM User Guide, "IAM ARNs"); the first that matches names the user. */
const FORMS: readonly (readonly [RegExp, UserKind])[] = [
  [/^(?<name>root)$/, 'root'],
  [/^user\/(?:.*\/)?(?<name>[^/]+)$/, 'user'],
  // IAM Identity Center's roles bear this name, and its sessions the name of the person.
  [/^assumed-role\/AWSReservedSSO_[^/]+\/(?<name>.+)$/, 'sso'],
  // A role alone does not tell its users apart, nor does the session's name alone.
  [/^assumed-role\/(?<name>.+\/.+)$/, 'role'],
  [/^federated-user\/(?<name>.+)$/, 'federated'],
];

/** The user behind a caller's identity. Its id holds AWS's UserId, for names can be made again. Errors: KEYS_INVALID. */
export function identifyUser({ arn, userId }: { arn: string; userId: string }): Identified {
  const { partition, accountId, resource } = ARN.exec(arn)?.groups ?? {};
  if (partition && accountId && resource)
    for (const [form, kind] of FORMS) {
      const name = form.exec(resource)?.groups?.name;
      if (name) return { user: { id: `${partition}:${accountId}:${userId}`, arn, name, kind }, partition, accountId };
    }
  throw new AppError('KEYS_INVALID', {
    message: 'These keys belong to an identity of a kind that Lodge does not know.',
  });
}
