/** `Filters.Filter.1.Name=engine&Filters.Filter.1.Values.Value.1=postgres` of the RDS describe calls. */
import { Fault } from './fault.ts';

export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Faults: invalidParameter where a filter is unknown or empty. */
export const filtersOf = (parameters: ReadonlyMap<string, string>, known: readonly string[]): Filter[] => {
  const filters: Filter[] = [];
  for (let index = 1; parameters.has(`Filters.Filter.${index}.Name`); index += 1) {
    const name = parameters.get(`Filters.Filter.${index}.Name`) ?? '';
    const prefix = `Filters.Filter.${index}.Values.Value.`;
    const values = [...parameters].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
    if (!known.includes(name)) throw new Fault('invalidParameter', `Unrecognized filter name: ${name}`);
    if (values.length === 0) throw new Fault('invalidParameter', `The filter ${name} has no values.`);
    filters.push({ name, values });
  }
  return filters;
};

/** Every filter must name one of the values; values of one filter are alternatives. */
export const passes = (record: Readonly<Record<string, readonly string[]>>, filters: readonly Filter[]): boolean =>
  filters.every(({ name, values }) => record[name]?.some((value) => values.includes(value)) ?? false);
