/**
 * Keys and indexes, read from SHOW CREATE TABLE: it says all of them in one round trip, a line each, in every version, and
 * as they would be written. The catalogue's views differ from version to version, and leave out checks.
 */
import type { ObjectDescription } from '#contract/objects.ts';

type Key = ObjectDescription['keys'][number];
type Index = ObjectDescription['indexes'][number];

const NAME = '`((?:[^`]|``)+)`';
const PRIMARY = /^PRIMARY KEY (\(.*)/;
const INDEX = new RegExp(`^(UNIQUE|FULLTEXT|SPATIAL)? ?KEY ${NAME} (\\(.*)`);
const FOREIGN = new RegExp(`^CONSTRAINT ${NAME} FOREIGN KEY \\((.*?)\\) REFERENCES (?:${NAME}\\.)?${NAME} \\((.*?)\\)`);
const CHECK = new RegExp(`^CONSTRAINT ${NAME} (CHECK .*)`);

const linesOf = (ddl: string): string[] =>
  ddl
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(/,$/, ''));

/** In the order in which the server says them: primary, unique, foreign, checks. */
export const keysOf = (ddl: string, schema: string): Key[] => linesOf(ddl).flatMap((line) => keyOf(line, schema) ?? []);

function keyOf(line: string, schema: string): Key | undefined {
  const primary = PRIMARY.exec(line);
  if (primary?.[1]) return { name: 'PRIMARY', kind: 'primary', columns: namesIn(primary[1]), definition: line };
  const index = INDEX.exec(line);
  if (index?.[1] === 'UNIQUE')
    return { name: plain(index[2]), kind: 'unique', columns: namesIn(index[3] ?? ''), definition: line };
  const foreign = FOREIGN.exec(line);
  if (foreign) return foreignKey(foreign, line, schema);
  const check = CHECK.exec(line);
  if (check) return { name: plain(check[1]), kind: 'check', columns: [], definition: check[2] ?? '' };
  return undefined;
}

function foreignKey(found: RegExpExecArray, line: string, schema: string): Key {
  const [, name, columns = '', otherSchema, table, others = ''] = found;
  return {
    name: plain(name),
    kind: 'foreign',
    columns: namesIn(columns),
    definition: line.slice(line.indexOf('FOREIGN KEY')),
    references: { schema: otherSchema ? plain(otherSchema) : schema, name: plain(table), columns: namesIn(others) },
  };
}

/** What the server says nothing of is a B-tree. It does not tell the size of one index. */
export const indexesOf = (ddl: string): Index[] => linesOf(ddl).flatMap((line) => indexOf(line) ?? []);

function indexOf(line: string): Index | undefined {
  const primary = PRIMARY.test(line);
  const index = INDEX.exec(line);
  if (!primary && !index) return undefined;
  const kind = index?.[1] ?? '';
  const unique = primary || kind === 'UNIQUE';
  const method = unique || kind === '' ? (/ USING (\w+)/.exec(line)?.[1] ?? 'BTREE') : kind;
  return { name: primary ? 'PRIMARY' : plain(index?.[2]), unique, method: method.toLowerCase(), definition: line };
}

const plain = (name = ''): string => name.replaceAll('``', '`');
const namesIn = (list: string): string[] =>
  [...list.slice(0, endOf(list)).matchAll(new RegExp(NAME, 'g'))].map(([, name]) => plain(name));

/** Behind the parenthesis that closes the list, which may hold others, such as a prefix's length. */
function endOf(list: string): number {
  let depth = 0;
  for (const [at, sign] of [...list].entries()) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (depth === 0 && sign === ')') return at;
  }
  return list.length;
}
