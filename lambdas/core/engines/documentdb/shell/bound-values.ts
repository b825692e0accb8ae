/** Values of parameters as the parser puts them where `:name` stands: BSON's own, so that none is ever read as notation. */
import { Decimal128, Int32, Long } from 'mongodb';
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import { timeOf } from './constructors.ts';
import type { Data } from './parse.ts';
import { wrong } from './wrong.ts';

/** The smallest type that holds it, as the shell has numbers; but what is larger keeps its digits. */
function integer(value: string): Data {
  const number = BigInt(value);
  if (BigInt.asIntN(32, number) === number) return new Int32(Number(number));
  return BigInt.asIntN(64, number) === number ? Long.fromBigInt(number) : Decimal128.fromString(number.toString());
}

/** BSON has no other dates (bsonspec.org, "UTC datetime"): a day is its midnight, and a time without a zone is one, in UTC. */
function date(value: string): Data {
  const time = timeOf(value);
  if (Number.isNaN(time)) throw new RangeError('no date');
  return new Date(time);
}

const TYPES: Readonly<Record<ParameterType, (value: string) => Data>> = {
  text: (value) => value,
  integer,
  decimal: (value) => Decimal128.fromString(value),
  boolean: (value) => value === 'true',
  date,
  timestamp: date,
};

/** `at`: where the parameter stands. Errors: STATEMENT_FAILED with `native.position`, where BSON has no such value. */
export function boundValue({ name, type, value }: BoundParameter, at: number): Data {
  if (value === null) return null;
  try {
    return TYPES[type](value);
  } catch {
    throw wrong(`The value of :${name} does not fit: numbers have at most 34 digits, and dates are real ones`, at);
  }
}
