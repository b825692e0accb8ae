/** True where two objects have the same keys with the same values in them. */
export function isAlike(one: object, other: object): boolean {
  const entries = Object.entries(one);
  const values = new Map(Object.entries(other));
  const isThere = ([key, value]: [string, unknown]) => values.has(key) && Object.is(values.get(key), value);
  return entries.length === values.size && entries.every(isThere);
}
