/** A draft as the statement that it stands for, or what is wrong with it, field by field. */
import { type Condition, type Draft, OPERATORS, type Operator, type TypeName } from './draft.ts';
import type { KeyPlace } from './keyed.ts';

/** By field: `partition`, `sort`, `limit`, and `filter-ID` of a row. */
export type Problems = Readonly<Record<string, string>>;
export type Written = { readonly statement: string } | { readonly problems: Problems };

class Wrong extends Error {}

export function writeStatement(draft: Draft, place: KeyPlace): Written {
  const problems: Record<string, string> = {};
  const noted = <T>(field: string, write: () => T): T | undefined => {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      problems[field] = error.message;
      return undefined;
    }
  };
  const key = draft.kind === 'query' ? keyOf(draft, place, noted) : undefined;
  const filter: Record<string, unknown> = {};
  for (const row of draft.filters)
    noted(`filter-${row.id}`, () => {
      if (row.attribute === '') throw new Wrong('Which attribute?');
      if (Object.hasOwn(filter, row.attribute))
        throw new Wrong('Each attribute can have one condition: try “between”.');
      filter[row.attribute] = written(row);
    });
  const limit = noted('limit', () => limitOf(draft.limit));
  if (Object.keys(problems).length > 0) return { problems };
  const projection = draft.projection.split(',').flatMap((name) => name.trim() || []);
  const members = {
    table: draft.table,
    index: draft.index,
    key,
    filter: draft.filters.length > 0 ? filter : undefined,
    projection: projection.length > 0 ? projection : undefined,
    forward: draft.kind === 'query' && !draft.forward ? false : undefined,
    consistent: draft.consistent && place.scope !== 'global' ? true : undefined,
    limit,
  };
  const lines = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${JSON.stringify(name)}: ${inline(value)}`],
  );
  return { statement: `${draft.kind.toUpperCase()} {\n${lines.join(',\n')}\n}` };
}

function keyOf(draft: Draft, place: KeyPlace, noted: <T>(field: string, write: () => T) => T | undefined) {
  const { partition, sort } = place;
  const value = noted('partition', () => {
    if (draft.partition === '') throw new Wrong('A query reads the items of one partition key.');
    return literal(draft.partition, partition.type);
  });
  const condition =
    sort &&
    draft.sort &&
    noted('sort', () => written({ ...(draft.sort as Condition), type: sort.type }, { key: true }));
  return { [partition.name]: value, ...(sort && condition !== undefined && { [sort.name]: condition }) };
}

function limitOf(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text.trim())) throw new Wrong('is a whole number from 1 on');
  return Number(text);
}

/** A condition as the statement has it: equality is the bare value. */
function written({ operator, type, value, upper }: Condition, { key = false } = {}): unknown {
  const { takes } = OPERATORS[operator];
  if (key && value === '' && type !== 'S') throw new Wrong('The value is missing.');
  const operand: Readonly<Record<typeof takes, () => unknown>> = {
    none: () => operator === 'exists',
    one: () => literal(value, type),
    two: () => [literal(value, type), literal(upper, type)],
    list: () => linesOf(value).map((line) => literal(line, type)),
  };
  if (operator === '=') return literal(value, type);
  return { [MEMBERS[operator] ?? operator]: operand[takes]() };
}
const MEMBERS: Partial<Record<Operator, string>> = { missing: 'exists' };

const linesOf = (text: string): string[] => {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0) throw new Wrong('At least one value, each on a line.');
  return lines;
};

/** Up to 38 digits, between 1E-130 and 9.9…E+125 (Developer Guide, "Supported data types"). */
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function digits(text: string): string {
  const number = text.trim();
  if (!NUMBER.test(number)) throw new Wrong(number === '' ? 'The number is missing.' : `${number} is not a number.`);
  const significant = number
    .replace(/[eE].*$/, '')
    .replaceAll(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
  if (significant.length > 38) throw new Wrong('DynamoDB’s numbers have at most 38 digits.');
  return number;
}
function base64(text: string): string {
  if (!BASE64.test(text.trim())) throw new Wrong('Binary values are written in base64.');
  return text.trim();
}

const VALUES: Readonly<Record<TypeName, (text: string) => unknown>> = {
  S: (text) => text,
  // A number that a float would change is written with its type, and so with every digit.
  N: (text) => (String(Number(digits(text))) === text.trim() ? Number(text) : { N: digits(text) }),
  BOOL: (text) => text !== 'false',
  NULL: () => null,
  B: (text) => ({ B: base64(text) }),
  SS: (text) => ({ SS: linesOf(text) }),
  NS: (text) => ({ NS: linesOf(text).map(digits) }),
  BS: (text) => ({ BS: linesOf(text).map(base64) }),
};
const literal = (text: string, type: TypeName): unknown => VALUES[type](text);

/** JSON on one line, with room around what is nested. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inline(each)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}
