/** Entries of a list have no ids; what React and the focus hold on to stays with an entry while it is changed and moved. */
const keys = new WeakMap<object, string>();
let last = 0;

export function keyOf(entry: object): string {
  const known = keys.get(entry);
  if (known) return known;
  last += 1;
  const key = `entry-${last}`;
  keys.set(entry, key);
  return key;
}

/** `next` stands in the place of `entry`. */
export function keepKey<T extends object>(entry: T, next: T): T {
  keys.set(next, keyOf(entry));
  return next;
}
