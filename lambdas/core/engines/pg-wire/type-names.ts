/** Names of types with their modifiers, as `format_type` prints them, where no server need be asked. */
import type { TypeId, TypeInfo } from './flavour.ts';

/** How a modifier is read: `pg_type.typmodout` of each type, in PostgreSQL's sources. */
const length = (name: string, modifier: number): string => `${name}(${modifier - 4})`;
const bits = (name: string, modifier: number): string => `${name}(${modifier})`;
/** `time without time zone` becomes `time(3) without time zone`. */
const precision = (name: string, modifier: number): string => name.replace(' ', `(${modifier}) `);
const scale = (name: string, modifier: number): string => `${name}(${(modifier - 4) >> 16},${(modifier - 4) & 0xffff})`;

const WITH_MODIFIER: Record<number, (name: string, modifier: number) => string> = {
  1042: length,
  1043: length,
  1083: precision,
  1114: precision,
  1184: precision,
  1266: precision,
  1560: bits,
  1562: bits,
  1700: scale,
};

const UNKNOWN: TypeInfo = { name: 'unknown', kind: 'other' };

/** A type by its id among those that a server brings along; where it is none of them, it is unknown. */
export function namedType(types: ReadonlyMap<number, TypeInfo>, { dataTypeID, dataTypeModifier }: TypeId): TypeInfo {
  const type = types.get(dataTypeID) ?? UNKNOWN;
  const write = dataTypeModifier < 0 ? undefined : WITH_MODIFIER[dataTypeID];
  return write ? { ...type, name: write(type.name, dataTypeModifier) } : type;
}
