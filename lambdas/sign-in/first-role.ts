import type { Rule, RuleCondition } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { type Caller, roleNamesOf, ruleFor } from '#contract/patterns.ts';
import { ROLES, type Role } from '#contract/roles.ts';
import { once } from '#core/once.ts';
import type { Credentials, Identity } from '#core/ports/identity.ts';

/** The role of somebody new, and how it came about. */
export interface FirstRole {
  readonly role: Role;
  /** Which rule decided, counted from 1; absent: none, so that the instance's own role for newcomers was given. */
  readonly rule?: number;
  /** The IAM actions that their keys do not allow, and by which rules would have been decided. */
  readonly lacking: readonly string[];
  /** Those that IAM did not answer, for whatever other reason. */
  readonly unanswered: readonly string[];
}

interface Asked {
  readonly identity: Pick<Identity, 'rolePath' | 'tags'>;
  /** As they were typed: what they are exchanged for cannot call IAM. */
  readonly keys: Credentials;
  readonly rules: readonly Rule[];
  /** Where no rule matches. */
  readonly otherwise: Role;
}

/**
 * Asks the rules one after the other; the first that matches decides. IAM is asked once for a path and once for tags, and
 * only when a rule is reached that looks at them.
 *
 * A rule that cannot be decided, because IAM told nothing, does not match; but it might have, and so nobody gets more by
 * keys that lack a permission: the role is the least of what then decides and of what the undecided rules would have given.
 */
export async function firstRole(arn: string, { identity, keys, rules, otherwise }: Asked): Promise<FirstRole> {
  const iam = reading(arn, identity, keys);
  const undecided: Role[] = [];
  const decided = (role: Role, rule?: number): FirstRole => ({
    role: [role, ...undecided].reduce((least, other) => (ROLES[other].rank < ROLES[least].rank ? other : least)),
    ...(rule !== undefined && { rule }),
    lacking: [...iam.lacking],
    unanswered: [...iam.unanswered],
  });
  for (const [index, rule] of rules.entries()) {
    const caller = await iam.read[rule.when.kind]();
    if (!caller) undecided.push(rule.role);
    else if (ruleFor([rule], caller)) return decided(rule.role, index + 1);
  }
  return decided(otherwise);
}

/** As a sentence for whoever reads the record. */
export function toldOf({ role, rule, lacking, unanswered }: FirstRole): string {
  const parts = [
    `first sign-in: role ${role}${rule === undefined ? '' : ` by rule ${rule}`}`,
    ...lacking.map((action) => `${action} is missing`),
    ...unanswered.map((action) => `${action} was not answered`),
  ];
  return parts.join('; ');
}

/** What is known of a caller for each kind of condition; undefined where IAM told nothing. */
type Read = Record<RuleCondition['kind'], () => Promise<Caller | undefined>>;

function reading(arn: string, identity: Asked['identity'], keys: Credentials) {
  const lacking = new Set<string>();
  const unanswered = new Set<string>();
  const role = roleNamesOf(arn)[0];
  const user = USER.exec(arn)?.groups;
  const attempt = async (action: string, read: () => Promise<Partial<Caller>>): Promise<Caller | undefined> => {
    try {
      return { arn, ...(await read()) };
    } catch (error) {
      const isDenied = error instanceof AppError && error.code === 'AWS_DENIED';
      (isDenied ? lacking : unanswered).add(action);
      return undefined;
    }
  };
  const known = async (what: Partial<Caller> = {}): Promise<Caller> => ({ arn, ...what });
  const tagsOf = (kind: 'user' | 'role', name: string, action: string) =>
    attempt(action, async () => ({ tags: await identity.tags(keys, { kind, name }) }));
  const read: Read = {
    role: () => known(),
    path: once(() => {
      if (role) return attempt('iam:GetRole', async () => ({ path: await identity.rolePath(keys, role) }));
      return known(user?.path ? { path: user.path } : {});
    }),
    tag: once(() => {
      if (role) return tagsOf('role', role, 'iam:ListRoleTags');
      // The root user and federated users have none that anybody could read.
      return user?.name ? tagsOf('user', user.name, 'iam:ListUserTags') : known();
    }),
  };
  return { read, lacking, unanswered };
}

/** The path of a user stands in the ARN: `/` where there is no other (IAM User Guide, "IAM identifiers"). */
const USER = /^arn:[^:]+:iam::\d+:user(?<path>\/(?:.+\/)?)(?<name>[^/]+)$/;
