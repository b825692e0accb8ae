/**
 * Names of columns in a file that needs each once: one that came before gets a number behind it, and one that is empty is
 * `column` with its place, counted from 1. The first of each name keeps it.
 */
export const uniqueNames = (names: readonly string[]): string[] => {
  const taken = new Set(names);
  const given = new Set<string>();
  return names.map((name, index) => {
    const isFirst = name !== '' && !given.has(name);
    const unique = isFirst ? name : freeName(name || `column${index + 1}`, taken);
    taken.add(unique);
    given.add(unique);
    return unique;
  });
};

const freeName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
};
