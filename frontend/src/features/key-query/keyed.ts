/** What a description says of a table's keys: where a QUERY may read. */
import type { ObjectDescription } from '#contract/objects.ts';
import type { TypeName } from './draft.ts';

interface KeyAttribute {
  readonly name: string;
  readonly type: TypeName;
}
/** The table itself, or one of its indexes. */
export interface KeyPlace {
  readonly index: string | undefined;
  readonly scope: 'table' | 'global' | 'local';
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute | undefined;
}

/** As the description names the types that a key may have. */
const KEY_TYPES: Readonly<Record<string, TypeName>> = { string: 'S', number: 'N', binary: 'B' };

/** The table first, then its indexes by name. */
export function placesOf({ columns, keys, indexes }: ObjectDescription): KeyPlace[] {
  const types = new Map(columns.map(({ name, type }) => [name, KEY_TYPES[type] ?? 'S']));
  const attribute = (name: string | undefined): KeyAttribute | undefined =>
    name === undefined ? undefined : { name, type: types.get(name) ?? 'S' };
  const place = (index: string | undefined, scope: KeyPlace['scope'], names: readonly string[]): KeyPlace[] => {
    const partition = attribute(names[0]);
    return partition ? [{ index, scope, partition, sort: attribute(names[1]) }] : [];
  };
  const primary = keys.find(({ kind }) => kind === 'primary');
  return [
    ...place(undefined, 'table', primary?.columns ?? []),
    ...indexes
      .toSorted((one, other) => one.name.localeCompare(other.name))
      .flatMap((each) => place(each.name, each.method === 'local' ? 'local' : 'global', each.columns ?? [])),
  ];
}

export const placeText = ({ index, scope, partition, sort }: KeyPlace): string =>
  `${index === undefined ? 'The table' : `${index}, ${scope}`}: ${sort ? `${partition.name}, ${sort.name}` : partition.name}`;
