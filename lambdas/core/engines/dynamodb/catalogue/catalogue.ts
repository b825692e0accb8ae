/** What the tree and the descriptions are read with. */
import { AppError } from '#contract/errors.ts';
import type { NodePath } from '#contract/objects.ts';
import type { ServiceTarget } from '../../engine.ts';
import type { Calls } from '../calls.ts';
import type { Tables } from '../tables.ts';

export interface Catalogue {
  readonly calls: Calls;
  readonly tables: Tables;
  readonly target: ServiceTarget;
}

/** DynamoDB's names of the scalar types that a key may have. */
const TYPE_TITLES: Readonly<Record<string, string>> = { S: 'string', N: 'number', B: 'binary' };

interface Keyed {
  readonly KeySchema?: readonly { AttributeName: string | undefined; KeyType: string | undefined }[] | undefined;
}
interface Typed {
  readonly AttributeDefinitions?:
    | readonly { AttributeName: string | undefined; AttributeType: string | undefined }[]
    | undefined;
}

export interface Attribute {
  readonly name: string;
  /** `string`, `number`, `binary`. */
  readonly type: string;
  /** `partition key` or `sort key`, where it is one of the keyed thing. */
  readonly role: string | undefined;
}

/** The attributes that a table declares, those of the key first: DynamoDB knows no others. */
export function attributesOf({ AttributeDefinitions = [] }: Typed, { KeySchema = [] }: Keyed): Attribute[] {
  const roles = new Map(
    KeySchema.map(({ AttributeName, KeyType }) => [AttributeName, KeyType === 'HASH' ? 'partition key' : 'sort key']),
  );
  const order = (name: string): number => ['partition key', 'sort key', undefined].indexOf(roles.get(name));
  return AttributeDefinitions.map(({ AttributeName: name = '', AttributeType: type = '' }) => ({
    name,
    type: TYPE_TITLES[type] ?? type,
    role: roles.get(name),
  })).sort((one, other) => order(one.name) - order(other.name));
}

export interface Place {
  readonly table: string;
  readonly index: string | undefined;
}

/** What a path leads to. Errors: OBJECT_NOT_FOUND. */
export function placeOf(path: NodePath): Place {
  const [table, index, ...more] = path;
  const isPlace = table?.kind === 'table' && (index === undefined || index.kind === 'index') && more.length === 0;
  if (!isPlace) throw notFound(path);
  return { table: table.name, index: index?.name };
}

const notFound = (path: NodePath): AppError =>
  new AppError('OBJECT_NOT_FOUND', { message: `There is nothing called ${path.map(({ name }) => name).join('.')}.` });

export const noIndex = ({ table, index }: Place): AppError =>
  new AppError('OBJECT_NOT_FOUND', { message: `The table ${table} has no index ${index}.` });
