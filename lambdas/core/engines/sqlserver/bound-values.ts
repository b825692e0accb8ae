/**
 * Values of parameters as the driver hands them to sp_executesql. Its own decimals pass through floats, and its times end at
 * the millisecond: those go as text, and the statement says what they are read as.
 */
import type { TYPES } from 'tedious';
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';

export interface Bind {
  readonly name: string;
  readonly type: keyof typeof TYPES;
  readonly value: unknown;
}

interface Kind {
  type(value: string): keyof typeof TYPES;
  value(value: string): unknown;
  /** What the statement reads it as; undefined where its type says that already. */
  readonly as?: (value: string) => string;
}

const same = (value: string): string => value;

/** The smallest that holds it; beyond 64 bits it is a decimal. */
function widthOf(value: string): 'Int' | 'BigInt' | 'NVarChar' {
  const number = BigInt(value);
  if (BigInt.asIntN(32, number) === number) return 'Int';
  return BigInt.asIntN(64, number) === number ? 'BigInt' : 'NVarChar';
}

/** With just its own digits; one that is written with an exponent is a float to T-SQL too ("Constants"). */
function decimal(value: string): string {
  if (/e/i.test(value)) return 'float';
  const [before = '', behind = ''] = value.replace(/^[+-]/, '').split('.');
  return `decimal(${Math.max(1, before.length + behind.length)}, ${behind.length})`;
}

const HAS_ZONE = /(?:z|[+-]\d\d:?\d\d)$/i;

const KINDS: Readonly<Record<ParameterType, Kind>> = {
  text: { type: () => 'NVarChar', value: same },
  integer: {
    type: widthOf,
    value: (value) => (widthOf(value) === 'Int' ? Number(value) : String(BigInt(value))),
    as: (value) => (widthOf(value) === 'NVarChar' ? decimal(value) : ''),
  },
  decimal: { type: () => 'NVarChar', value: same, as: decimal },
  boolean: { type: () => 'Bit', value: (value) => value === 'true' },
  date: { type: () => 'Date', value: same },
  timestamp: {
    type: () => 'NVarChar',
    value: same,
    as: (value) => (HAS_ZONE.test(value) ? 'datetimeoffset(7)' : 'datetime2(7)'),
  },
};

/** A name that a script hardly declares itself. */
const nameOf = ({ name }: BoundParameter): string => `lodge_${name}`;
/** Whose type a null has. */
const sampleOf = ({ value }: BoundParameter): string => value ?? '0';

export const PLACEHOLDERS = {
  write(_: number, parameter: BoundParameter): string {
    const as = KINDS[parameter.type].as?.(sampleOf(parameter));
    return as ? `CAST(@${nameOf(parameter)} AS ${as})` : `@${nameOf(parameter)}`;
  },
  placeOf: 'name',
} as const;

export const bindsOf = (values: readonly BoundParameter[]): Bind[] =>
  values.map((parameter) => {
    const { type, value } = KINDS[parameter.type];
    const bound = parameter.value === null ? null : value(parameter.value);
    return { name: nameOf(parameter), type: type(sampleOf(parameter)), value: bound };
  });
