/** A policy that only allows, in IAM's own words. */
export interface Statement {
  /** `*` stands for any characters, as in `dynamodb:*`. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By operator and key; all must hold (IAM User Guide, "IAM JSON policy elements: Condition"). */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What a call says of itself, by the keys that conditions name. */
export type Context = Readonly<Record<string, string>>;

/** True where one statement names both the action (in any case, as IAM compares it) and the resource, and its conditions hold. */
export const allows = (
  statements: readonly Statement[],
  action: string,
  resource: string,
  context: Context = {},
): boolean =>
  statements.some(
    ({ actions, resources, conditions = {} }) =>
      actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      resources.some((pattern) => matches(pattern, resource)) &&
      Object.entries(conditions).every(([operator, keys]) => holds(operator, keys, context)),
  );

/** One that is not known here never holds. */
const OPERATORS: Readonly<Record<string, (wanted: string, value: string) => boolean>> = {
  StringEquals: (wanted, value) => wanted === value,
  StringLike: (wanted, value) => matches(wanted, value),
};

/** A key that the call does not say is equal to nothing. */
const holds = (operator: string, keys: Readonly<Record<string, string | readonly string[]>>, context: Context) =>
  Object.entries(keys).every(([key, wanted]) =>
    [wanted].flat().some((one) => context[key] !== undefined && OPERATORS[operator]?.(one, context[key])),
  );

const matches = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(value);
