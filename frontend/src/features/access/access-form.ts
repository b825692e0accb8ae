/** Rules and narrowings as a form, and as sentences. */
import { Access, type Narrowing, type ResourceMatch, type Rule, type RuleCondition } from '#contract/access.ts';
import { SERVICES } from '#contract/resources.ts';

export interface AccessForm {
  readonly rules: readonly Rule[];
  readonly narrowings: readonly Narrowing[];
}

/** What a rule may look at, in the order in which they are offered. */
export const CONDITIONS: Readonly<Record<RuleCondition['kind'], { title: string; hint: string; example: string }>> = {
  role: {
    title: 'Role name',
    hint: 'The name of the role whose session it is; for Identity Center, that of the permission set.',
    example: 'DataEngineer*',
  },
  path: {
    title: 'Path',
    hint: 'The path of the IAM user or role, with its slashes.',
    example: '/data/*',
  },
  tag: {
    title: 'Tag',
    hint: 'A tag of the IAM user or role.',
    example: 'platform',
  },
};

export const NEW_RULE: Rule = { when: { kind: 'role', pattern: '' }, role: 'editor' };
export const NEW_NARROWING: Narrowing = { role: 'reader', where: {}, effect: 'hidden' };

/** A pattern or a name within a sentence. */
export interface Part {
  readonly text: string;
  /** As it is written in AWS. */
  readonly code?: string;
}

export const conditionParts = (when: RuleCondition): Part[] =>
  when.kind === 'tag'
    ? [
        { text: 'Tag', code: when.key },
        { text: 'is', code: when.pattern },
      ]
    : [{ text: `${CONDITIONS[when.kind].title} is`, code: when.pattern }];

export const whereParts = ({ service, region, arn, tag }: ResourceMatch): Part[] => [
  ...(service ? [{ text: SERVICES[service].title }] : []),
  ...(region ? [{ text: 'in', code: region }] : []),
  ...(tag
    ? [
        { text: 'tag', code: tag.key },
        { text: 'is', code: tag.pattern },
      ]
    : []),
  ...(arn ? [{ text: 'ARN', code: arn }] : []),
];

export const sayParts = (parts: readonly Part[]): string =>
  parts.map(({ text, code }) => (code === undefined ? text : `${text} ${code || '…'}`)).join(' ');

/** Always in this order, so that what was changed back is the same again. */
const PLACES = ['service', 'region', 'arn', 'tag'] as const;

/** What was left empty does not count. What there is of a tag is kept while it is typed. */
export function setWhere(where: ResourceMatch, change: Partial<Record<keyof ResourceMatch, unknown>>): ResourceMatch {
  const next: Partial<Record<keyof ResourceMatch, unknown>> = { ...where, ...change };
  return Object.fromEntries(PLACES.flatMap((place) => (isEmpty(next[place]) ? [] : [[place, next[place]]])));
}
const isEmpty = (part: unknown): boolean =>
  typeof part === 'object' && part !== null ? Object.values(part).every((value) => value === '') : !part;

/** What is wrong with which entry: `rules.2.when.pattern` → a sentence. */
export function problemsOf(form: AccessForm): Readonly<Record<string, string>> {
  const { error } = Access.safeParse(form);
  const problems: Record<string, string> = {};
  for (const { path, message } of error?.issues ?? [])
    problems[path.join('.')] ??= PROBLEMS[message] ?? sentence(message);
  return problems;
}
const PROBLEMS: Readonly<Record<string, string>> = {
  'is empty': 'Type something; * stands for anything.',
  'names nothing': 'Say which resources: fill in at least one of these.',
};
const sentence = (message: string): string => `${message[0]?.toUpperCase()}${message.slice(1)}.`;

/** The list with one entry somewhere else. */
export function move<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** What has become of a list: what came, what went, and whether only the order is another. */
export function compareLists<T>(was: readonly T[], is: readonly T[]) {
  const texts = (list: readonly T[]) => list.map((one) => JSON.stringify(one));
  const [before, after] = [texts(was), texts(is)];
  const added = is.filter((_one, at) => !before.includes(after[at] ?? ''));
  const removed = was.filter((_one, at) => !after.includes(before[at] ?? ''));
  const kept = (list: string[], other: string[]) => list.filter((one) => other.includes(one)).join();
  return { added, removed, reordered: kept(before, after) !== kept(after, before) };
}
