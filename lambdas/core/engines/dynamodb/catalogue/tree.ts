/** The object tree: tables, their indexes and the attributes of their keys. Nothing is read of the items. */
import type { Node, NodePath } from '#contract/objects.ts';
import { indexesOf } from '../tables.ts';
import { type Attribute, attributesOf, type Catalogue, noIndex, placeOf } from './catalogue.ts';
import { tablesSeen } from './tables-seen.ts';

/** One level. Errors: OBJECT_NOT_FOUND, AWS_DENIED. */
export async function children(catalogue: Catalogue, path: NodePath): Promise<Node[]> {
  if (path.length === 0)
    return (await tablesSeen(catalogue)).map(({ name, readOnly }) => ({
      kind: 'table',
      name,
      ...(readOnly && { access: 'read-only' as const }),
      expandable: true,
    }));
  const place = placeOf(path);
  const table = await catalogue.tables.describe(place.table);
  const indexes = indexesOf(table);
  if (place.index !== undefined) {
    const index = indexes.find(({ IndexName }) => IndexName === place.index);
    if (!index) throw noIndex(place);
    return attributesOf(table, index)
      .filter(({ role }) => role)
      .map(columnNode);
  }
  return [
    ...attributesOf(table, table).map(columnNode),
    ...indexes.map(
      ({ IndexName = '', scope, ItemCount }): Node => ({
        kind: 'index',
        name: IndexName,
        detail: scope,
        ...(ItemCount !== undefined && { rows: ItemCount }),
        expandable: true,
      }),
    ),
  ];
}

const columnNode = ({ name, type, role }: Attribute): Node => ({
  kind: 'column',
  name,
  detail: role ? `${type}, ${role}` : type,
  expandable: false,
});
