/**
 * What rules and narrowings say of an identity or a resource: the functions that decide and the page that shows what
 * would be decided ask the same.
 */
import type { Narrowing, ResourceMatch, Rule, RuleCondition } from './access.ts';
import type { Resource, Tags } from './resources.ts';
import type { Role } from './roles.ts';

/**
 * True when the whole text is as the pattern says: `*` stands for any characters, `?` for one, capitals count. It goes
 * back to the last `*` only, so that no pattern makes it slow.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let from = 0;
  let here = 0;
  while (here < text.length) {
    if (pattern[at] === '*') {
      star = at;
      from = here;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[here])) {
      at += 1;
      here += 1;
    } else if (star >= 0) {
      from += 1;
      here = from;
      at = star + 1;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** What is known of whoever signs in. IAM may not have told the path and the tags. */
export interface Caller {
  readonly arn: string;
  readonly path?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const SESSION_OF_ROLE = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\//;
/** IAM Identity Center names its roles `AWSReservedSSO_<permission set>_<16 hexadecimal digits>`. */
const OF_PERMISSION_SET = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

/** The names that a role's session answers to: the role's, and that of its permission set. */
export function roleNamesOf(arn: string): string[] {
  const name = SESSION_OF_ROLE.exec(arn)?.[1];
  if (!name) return [];
  const set = OF_PERMISSION_SET.exec(name)?.[1];
  return set ? [name, set] : [name];
}

const USER = /^arn:[^:]+:iam::\d+:user(\/(?:.*\/)?)[^/]+$/;

/** The path of an IAM user, which its ARN says: `/` where it has none. No session's ARN holds the path of its role. */
export const pathOf = (arn: string): string | undefined => USER.exec(arn)?.[1];

type Conditions = { [C in RuleCondition as C['kind']]: (condition: C, caller: Caller) => boolean };

const CONDITIONS: Conditions = {
  role: ({ pattern }, { arn }) => roleNamesOf(arn).some((name) => matchesPattern(pattern, name)),
  path: ({ pattern }, { arn, path = pathOf(arn) }) => path !== undefined && matchesPattern(pattern, path),
  tag: ({ key, pattern }, { tags }) => has(tags, key) && matchesPattern(pattern, tags[key] ?? ''),
};

const meets = <C extends RuleCondition>(when: C, caller: Caller): boolean =>
  (CONDITIONS[when.kind] as (condition: C, caller: Caller) => boolean)(when, caller);

/** The first rule that fits, with its place in the list; undefined where none does. */
export function ruleFor(rules: readonly Rule[], caller: Caller): { rule: Rule; index: number } | undefined {
  const index = rules.findIndex(({ when }) => meets(when, caller));
  const rule = rules[index];
  return rule && { rule, index };
}

/** The role that somebody gets who signs in for the first time. */
export const roleFor = (rules: readonly Rule[], caller: Caller, otherwise: Role): Role =>
  ruleFor(rules, caller)?.rule.role ?? otherwise;

type Described = Pick<Resource, 'id' | 'service' | 'region' | 'tags'>;

/** What an instance that is a member of a cluster is part of. Its list does not tell the cluster's tags: they are given. */
export const clusterOf = (
  { id, service, region, clusterId }: Omit<Described, 'tags'> & Pick<Resource, 'clusterId'>,
  tags: Tags | undefined,
): Described | undefined =>
  clusterId === undefined
    ? undefined
    : {
        id: id.replace(/:db:[^:]*$/, `:cluster:${clusterId}`),
        service: service === 'rds' ? 'aurora' : service,
        region,
        tags,
      };

/** A table of DynamoDB, whose resource is a whole region (`…:table/*`). Some calls take a table's ARN for its name. */
export const tableOf = (
  { id, service, region }: Omit<Described, 'tags'>,
  table: string,
  tags: Tags | undefined,
): Described => ({
  id: table.startsWith('arn:') ? table.replace(/(:table\/[^/]*)\/.*$/, '$1') : id.replace(/\*$/, () => table),
  service,
  region,
  tags,
});

/** True when all that is given fits. Tags that nobody could read are taken to fit: what might be hidden is not shown. */
export function fitsResource({ service, region, arn, tag }: ResourceMatch, resource: Described): boolean {
  if (service !== undefined && service !== resource.service) return false;
  if (region !== undefined && region !== resource.region) return false;
  if (arn !== undefined && !matchesPattern(arn, resource.id)) return false;
  if (tag === undefined || resource.tags === undefined) return true;
  return has(resource.tags, tag.key) && matchesPattern(tag.pattern, resource.tags[tag.key] ?? '');
}

/**
 * What a role's narrowings do to a resource: of several that fit, `hidden` wins. What fits a cluster fits its members too,
 * for whoever reaches one reaches the cluster's data; a cluster's tags are given, and where they are not it has none.
 */
export function narrowingOf(
  narrowings: readonly Narrowing[],
  role: Role,
  resource: Described & Pick<Resource, 'clusterId'>,
  clusterTags: { readonly tags: Tags | undefined } = { tags: {} },
): Narrowing['effect'] | undefined {
  const all = [resource, clusterOf(resource, clusterTags.tags)].filter((one) => one !== undefined);
  const effects = narrowings.filter((one) => one.role === role && all.some((each) => fitsResource(one.where, each)));
  if (effects.some(({ effect }) => effect === 'hidden')) return 'hidden';
  return effects[0]?.effect;
}

/** Own properties only: a tag may be called `constructor`. */
const has = (
  tags: Readonly<Record<string, string>> | undefined,
  key: string,
): tags is Readonly<Record<string, string>> => tags !== undefined && Object.hasOwn(tags, key);
