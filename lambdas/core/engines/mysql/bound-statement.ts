/**
 * A statement with parameters. Its results are wanted as text, which the protocol's own prepared statements do not give
 * (MySQL, "Binary Protocol Resultset"); those of SQL do. So the values become variables of the session, each carried as the
 * digits of its bytes, the statement is prepared with `?` in their places, and executed with them: the server binds.
 */
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import type { BoundText } from '../sql/bind-text.ts';

const NAME = 'lodge_statement';
const TEXT = '@lodge_text';
const variable = (place: number): string => `@lodge_${place}`;

/** Hexadecimal digits and nothing else, whatever the text holds. */
const carried = (text: string): string => `CONVERT(X'${Buffer.from(text, 'utf8').toString('hex')}' USING utf8mb4)`;

/** What a value is to the server: a text is compared with dates as a date, and with numbers only over a float. */
const TYPES: Readonly<Record<ParameterType, (value: string) => string>> = {
  text: carried,
  integer: (value) => numeral(value),
  decimal: (value) => numeral(value),
  boolean: (value) => (value === 'true' ? 'TRUE' : 'FALSE'),
  date: carried,
  timestamp: (value) => carried(withoutZone(value)),
};

/** Read by `bindParameters` as digits, a point and an exponent; whatever else came this way goes as a text. */
const NUMERAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const numeral = (value: string): string => (NUMERAL.test(value) ? value : carried(value));

/** MySQL's DATETIME has no zone, and MariaDB takes none in a literal: a moment is said in UTC, without one. */
function withoutZone(value: string): string {
  if (!/(?:z|[+-]\d\d(?::?\d\d)?)$/i.test(value)) return value.replace('T', ' ');
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? value : time.toISOString().slice(0, -1).replace('T', ' ');
}

const literalOf = ({ type, value }: BoundParameter): string => (value === null ? 'NULL' : TYPES[type](value));

/** What is said before it runs, each a statement of ours. */
export const preparing = ({ text, values }: BoundText): string[] => [
  `SET ${[`${TEXT} = ${carried(text)}`, ...values.map((each, at) => `${variable(at + 1)} = ${literalOf(each)}`)].join(', ')}`,
  `PREPARE ${NAME} FROM ${TEXT}`,
];

/** What runs. */
export const executing = ({ values }: BoundText): string =>
  `EXECUTE ${NAME} USING ${values.map((_, at) => variable(at + 1)).join(', ')}`;

/** What is said behind it: neither the statement nor a value stays with the session. One that could not be prepared is prepared as nothing. */
export const forgetting = ({ values }: BoundText): string[] => [
  `PREPARE ${NAME} FROM 'DO 0'`,
  `DEALLOCATE PREPARE ${NAME}`,
  `SET ${[TEXT, ...values.map((_, at) => variable(at + 1))].map((name) => `${name} = NULL`).join(', ')}`,
];
