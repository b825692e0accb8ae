/** What differs between two states, as a sentence: `limits.rows: 1000000 → 500; name: Harbour → Quay`. */
export function changesBetween(before: unknown, after: unknown): string {
  const old = leaves(before);
  const now = leaves(after);
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  const told = names
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => `${name}: ${old.has(name) ? `${old.get(name)} → ` : ''}${now.get(name) ?? 'nothing'}`);
  return told.length > 0 ? cut(told.join('; ')) : 'nothing changed';
}

/** As much as a person reads. An item of the table holds 400 KB, with all else. */
const KEPT = 10_000;
const cut = (text: string): string => (text.length > KEPT ? `${text.slice(0, KEPT).toWellFormed()} …` : text);

/** Each value by the way to it. A list counts as one value, unless it holds objects. */
function leaves(value: unknown, at = '', found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each !== 'object'))
    found.set(at, value.join(', '));
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) found.set(`${at} ${index + 1}`, told(each));
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) leaves(each, at ? `${at}.${name}` : name, found);
  else if (value !== undefined) found.set(at, String(value));
  return found;
}

/** `role administrator, where region eu-*`. */
const told = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([name, each]) => `${name} ${told(each)}`)
        .join(', ')
    : String(value);
