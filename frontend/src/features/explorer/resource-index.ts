/** What a filter can find of a resource: read once for each, so that seven thousand are filtered while somebody types. */
import type { Resource } from '#contract/resources.ts';
import { engineTitle } from './engine-title.ts';
import { FIELDS, type Field, type Filter, type Term } from './resource-filter.ts';

interface Entry {
  /** All that words are looked for in, in lower case. */
  readonly text: string;
  /** The names of its endpoints and tables, in lower case: what may stand below it before anybody connects. */
  readonly below: string;
  readonly values: Values;
  /** What it adds to the values on offer: its engine once, and tags with their values. */
  readonly offered: Values;
}
type Values = Readonly<Record<Field, readonly string[]>>;

const ENTRIES = new WeakMap<Resource, Entry>();

/** The name of its engine as terms write it: ours, or AWS's where we have none. */
const engineValue = ({ engine, awsEngine }: Resource): string => engine ?? awsEngine;

function read(resource: Resource): Entry {
  const { name, clusterId, vpcId, awsEngine, service, region, status, reach, endpoints, tables = [] } = resource;
  const tags = Object.entries(resource.tags ?? {});
  const pairs = tags.map(([tag, value]) => `${tag}=${value}`.toLowerCase());
  const text = [name, clusterId, vpcId, awsEngine, engineTitle(resource), ...pairs]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
  const engines = [...new Set([engineValue(resource), awsEngine])].map((one) => one.toLowerCase());
  const hosts = endpoints.map(({ name, use, host }) => `${name ?? use} ${host}`);
  const values: Values = {
    service: [service],
    engine: engines,
    region: [region],
    status: [status.toLowerCase()],
    reach: reach ? [reach.way, ...(reach.way === 'connector' ? [reach.network.toLowerCase()] : [])] : [],
    tag: [...pairs, ...tags.map(([tag]) => tag.toLowerCase())],
  };
  const offered = { ...values, engine: engines.slice(0, 1), tag: pairs };
  return { text, below: [...hosts, ...tables].join('\n').toLowerCase(), values, offered };
}

function entryOf(resource: Resource): Entry {
  const known = ENTRIES.get(resource);
  if (known) return known;
  const entry = read(resource);
  ENTRIES.set(resource, entry);
  return entry;
}

/** Reads a resource before anybody types: while it arrives there is time, at the first key there is none. */
export const prepare = (resource: Resource): void => void entryOf(resource);

/** The words that are not found in a resource: its objects may have them. */
export const wordsLeft = (resource: Resource, words: readonly string[]): readonly string[] => {
  if (words.length === 0) return words;
  const { text } = entryOf(resource);
  return words.filter((word) => !text.includes(word));
};

/** False where no endpoint and no table of it can have all the words. */
export const mayHold = (resource: Resource, words: readonly string[]): boolean => {
  if (words.length === 0) return true;
  const { below } = entryOf(resource);
  return words.every((word) => below.includes(word));
};

/** The values that the resources of a list have, collected once: each key that is typed asks for them. */
const VALUES = new WeakMap<readonly Resource[], Record<Field, ReadonlySet<string>>>();

function valuesOf(resources: readonly Resource[]): Record<Field, ReadonlySet<string>> {
  const known = VALUES.get(resources);
  if (known) return known;
  const all = fields.map((field) => [field, new Set(resources.flatMap((one) => entryOf(one).values[field]))]);
  const values = Object.fromEntries(all) as Record<Field, ReadonlySet<string>>;
  VALUES.set(resources, values);
  return values;
}
const fields = Object.keys(FIELDS) as Field[];

/**
 * What the terms let through. A value that no resource has whole stands for all that begin with it, so that the list does
 * not go blank while `region:eu-central-1` is being typed.
 */
export function termsMatcher(
  { terms }: Pick<Filter, 'terms'>,
  ...lists: readonly (readonly Resource[])[]
): (resource: Resource) => boolean {
  if (terms.length === 0) return () => true;
  const checks = groupTerms(terms).map(([field, wanted]) => {
    const tests = wanted.map((value) => {
      const whole = lists.some((list) => valuesOf(list)[field].has(value));
      return whole ? (one: string) => one === value : (one: string) => one.startsWith(value);
    });
    return (resource: Resource) => entryOf(resource).values[field].some((one) => tests.some((test) => test(one)));
  });
  return (resource) => checks.every((check) => check(resource));
}

/** Terms by what must agree: a field, or of tags the name of one. */
function groupTerms(terms: readonly Term[]): [Field, string[]][] {
  const groups = Map.groupBy(terms, ({ field, value }) => (field === 'tag' ? `tag:${value.split('=')[0]}` : field));
  return [...groups.values()].flatMap((group) =>
    group[0] ? [[group[0].field, group.map(({ value }) => value)] as [Field, string[]]] : [],
  );
}

/** One value that resources have, and how many would be seen with it. */
export interface Facet extends Term {
  readonly count: number;
  /** How many have it, whatever is filtered: the order goes by this, so that nothing moves while somebody chooses. */
  readonly total: number;
}

/** As many tags' names are offered as fit, and of each so many values: the rest is typed. */
const TAG_NAMES = 6;
const TAG_VALUES = 8;

/** For each field the values that there are, the most frequent first, counted among what the other fields let through. */
export function facetsOf(resources: readonly Resource[], filter: Filter): Record<Field, Facet[]> {
  const counters = fields.map((field) => {
    const terms = filter.terms.filter((term) => term.field === field);
    return {
      field,
      lets: termsMatcher({ terms }, resources),
      counts: new Map<string, { count: number; total: number }>(),
    };
  });
  for (const resource of resources) {
    const refusing = counters.filter(({ lets }) => !lets(resource)).map(({ field }) => field);
    const isFound = refusing.length < 2 && wordsLeft(resource, filter.words).length === 0;
    const { offered } = entryOf(resource);
    for (const { field, counts } of counters) {
      const isSeen = isFound && (refusing[0] ?? field) === field;
      for (const value of offered[field]) {
        const known = counts.get(value) ?? { count: 0, total: 0 };
        if (known.total === 0) counts.set(value, known);
        known.total += 1;
        if (isSeen) known.count += 1;
      }
    }
  }
  const all = counters.map(({ field, counts }) => {
    const facets = [...counts].map(([value, numbers]): Facet => ({ field, value, ...numbers }));
    return [field, facets.sort(byUse)] as const;
  });
  const { tag, ...others } = Object.fromEntries(all) as Record<Field, Facet[]>;
  return { ...others, tag: commonTags(tag) };
}

/** By their characters where they are as frequent: of tags there may be thousands, which no language puts in order so fast. */
const byUse = (one: Facet, other: Facet): number => other.total - one.total || (one.value < other.value ? -1 : 1);

/** A tag with many values, all of them different, tells nothing apart: the others are offered, the most used first. */
function commonTags(tags: readonly Facet[]): Facet[] {
  const byName = [...Map.groupBy(tags, ({ value }) => value.slice(0, value.indexOf('='))).values()];
  const sum = (facets: readonly Facet[]) => facets.reduce((so, { total }) => so + total, 0);
  return byName
    .filter((facets) => facets.length <= TAG_VALUES || facets.length < sum(facets))
    .toSorted((one, other) => sum(other) - sum(one))
    .slice(0, TAG_NAMES)
    .flatMap((facets) => facets.slice(0, TAG_VALUES));
}
