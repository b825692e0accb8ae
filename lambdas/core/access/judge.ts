/** What the rules leave of a resource, with as much of its tags as is known. */
import type { Narrowing } from '#contract/access.ts';
import { narrowingOf, tableOf } from '#contract/patterns.ts';
import type { Resource, Tags } from '#contract/resources.ts';
import type { Role } from '#contract/roles.ts';

export interface Rules {
  /** Those of this role. */
  readonly own: readonly Narrowing[];
  readonly role: Role;
}

/** Tags that a resource does not bear itself; what is absent is not known. */
export interface Around {
  /** Of the cluster that an instance is a member of. */
  readonly cluster?: Tags | undefined;
  /** Of tables of DynamoDB, by their names. */
  readonly tables?: ReadonlyMap<string, Tags>;
}

type Effect = Narrowing['effect'] | undefined;

export interface Judged {
  /** Undefined: it is hidden. */
  readonly left: Resource | undefined;
  /** True: tags that are not known might have decided, and were taken to. */
  readonly isBlind: boolean;
}

export function judge(resource: Resource, around: Around, rules: Rules): Judged {
  const effect = effectOn(resource, around.cluster, rules);
  const isBlind = effect !== effectWithoutMore(resource, around.cluster, rules);
  if (effect === 'hidden') return { left: undefined, isBlind };
  const left = effect === 'read-only' ? { ...resource, access: effect } : resource;
  if (resource.service !== 'dynamodb' || !resource.tables) return { left, isBlind };
  const tables = resource.tables.map((name) => ({
    name,
    ...judgeTable(resource, name, around.tables?.get(name), rules),
  }));
  const readOnlyTables = tables.flatMap((table) => (table.effect === 'read-only' ? table.name : []));
  return {
    left: {
      ...left,
      tables: tables.flatMap((table) => (table.effect === 'hidden' ? [] : table.name)),
      ...(readOnlyTables.length > 0 && { readOnlyTables }),
    },
    isBlind: isBlind || tables.some((table) => table.isBlind),
  };
}

/** What the rules do to one table; undefined tags are not known. */
export function judgeTable(
  region: Pick<Resource, 'id' | 'service' | 'region'>,
  table: string,
  tags: Tags | undefined,
  { own, role }: Rules,
): { readonly effect: Effect; readonly isBlind: boolean } {
  const effect = narrowingOf(own, role, tableOf(region, table, tags));
  return { effect, isBlind: effect !== narrowingOf(own, role, tableOf(region, table, tags ?? {})) };
}

const effectOn = (resource: Resource, cluster: Tags | undefined, { own, role }: Rules): Effect =>
  narrowingOf(own, role, resource, { tags: cluster });

/** As if there were no tags but those that are known. */
const effectWithoutMore = (resource: Resource, cluster: Tags | undefined, rules: Rules): Effect =>
  effectOn({ ...resource, tags: resource.tags ?? {} }, cluster ?? {}, rules);
