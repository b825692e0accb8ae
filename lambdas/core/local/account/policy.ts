/** A policy that only allows, in IAM's own words. */
export interface Statement {
  /** `*` stands for any characters, as in `dynamodb:*`. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** True where one statement names both the action (in any case, as IAM compares it) and the resource. */
export const allows = (statements: readonly Statement[], action: string, resource: string): boolean =>
  statements.some(
    ({ actions, resources }) =>
      actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      resources.some((pattern) => matches(pattern, resource)),
  );

const matches = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(value);
