import { invalidParameter } from './sts-elements.ts';

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly pattern: string;
}

/** A parameter within its bounds. Faults: invalid, in AWS's words. */
export const checkedParameter = (
  parameters: ReadonlyMap<string, string>,
  name: string,
  { least, most, pattern }: Bounds,
): string => {
  const value = parameters.get(name) ?? '';
  const wrong = (constraint: string) =>
    invalidParameter(`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value, constraint);
  if (value.length < least) throw wrong(`Member must have length greater than or equal to ${least}`);
  if (value.length > most) throw wrong(`Member must have length less than or equal to ${most}`);
  if (!new RegExp(`^${pattern}$`).test(value))
    throw wrong(`Member must satisfy regular expression pattern: ${pattern}`);
  return value;
};
