/** Policies of IAM as data, and what all that are written here have in common. */

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export const policyOf = (statements: readonly PolicyStatement[]): Policy => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** None where nothing is allowed. */
export function statement(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  Condition?: PolicyStatement['Condition'],
): PolicyStatement[] {
  if (actions.length === 0) return [];
  const distinct = [...new Set(actions)].toSorted();
  const named = [...new Set(resources)];
  return [
    { Sid, Effect: 'Allow', Action: oneOrAll(distinct), Resource: oneOrAll(named), ...(Condition && { Condition }) },
  ];
}

const oneOrAll = (all: readonly string[]): string | readonly string[] => (all.length === 1 ? (all[0] ?? '*') : all);

/** Calls that list name no resource; the region that is asked stands in every one (IAM User Guide, `aws:RequestedRegion`). */
export const within = (regions: readonly string[]): PolicyStatement['Condition'] =>
  regions.length > 0 ? { StringEquals: { 'aws:RequestedRegion': oneOrAll(regions) } } : undefined;

/** `redshift-serverless:GetCredentials` → `RedshiftServerlessGetCredentials`: a Sid takes letters and digits alone. */
export const wordOf = (action: string): string =>
  action
    .split(/[-:]/)
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('');
