/** Functions and procedures. */

import { quoteName } from '../../pg-wire/quote-name.ts';
import type { Session } from '../../pg-wire/session.ts';
import { REDSHIFT_TYPES } from '../types.ts';
import type { Described } from './describe.ts';

/** "PG_PROC_INFO", on the leader node alone. A node's name is the function's with the types of its arguments. */
const FUNCTION = `
select p.proname, p.prokind, p.prosrc, l.lanname, p.provolatile, p.prorettype, p.proargnames, p.proargtypes,
  p.proargmodes, p.proallargtypes
from pg_catalog.pg_proc_info p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_language l on l.oid = p.prolang
where n.nspname = $1 and p.proname || '(' || oidvectortypes(p.proargtypes) || ')' = $2`;

type Row = [
  name: string,
  kind: string,
  source: string,
  language: string,
  volatility: string,
  result: number,
  names: string[] | null,
  types: unknown,
  modes: unknown,
  allTypes: unknown,
];

const VOLATILITY: Readonly<Record<string, string>> = { v: 'VOLATILE', s: 'STABLE', i: 'IMMUTABLE' };
const MODES: Readonly<Record<string, string>> = { o: 'OUT ', b: 'INOUT ' };

export async function describeFunction(session: Session, schema: string, name: string): Promise<Described | undefined> {
  const [row] = await session.query<Row>(FUNCTION, [schema, name]);
  if (!row) return undefined;
  const [plain, kind, source, language, volatility, result] = row;
  const head = `${quoteName(schema)}.${quoteName(plain)}(${argumentsOf(row)})`;
  const made =
    kind === 'p'
      ? [`CREATE OR REPLACE PROCEDURE ${head}`]
      : [`CREATE OR REPLACE FUNCTION ${head}`, `RETURNS ${typeOf(result)}`, VOLATILITY[volatility] ?? 'VOLATILE'];
  const ddl = [...made, `AS ${dollarQuoted(source)} LANGUAGE ${language};`].join('\n');
  return { columns: [], keys: [], indexes: [], ddl };
}

function argumentsOf([, , , , , , names, types, modes, allTypes]: Row): string {
  const oids = wordsIn(allTypes ?? types).map(Number);
  const letters = wordsIn(modes ?? '');
  return oids
    .map((oid, index) => {
      const name = names?.[index];
      return `${MODES[letters[index] ?? ''] ?? ''}${name ? `${quoteName(name)} ` : ''}${typeOf(oid)}`;
    })
    .join(', ');
}

/** Of `1043 23`, of `{1043,23}` and of what pg has made an array of already. */
const wordsIn = (value: unknown): string[] => String(value).match(/\w+/g) ?? [];
const typeOf = (oid: number): string => REDSHIFT_TYPES.get(oid)?.name ?? 'unknown';

/** With a tag that the source does not hold. */
function dollarQuoted(source: string): string {
  let tag = '$$';
  for (let at = 1; source.includes(tag); at += 1) tag = `$q${at}$`;
  return `${tag}${source}${tag}`;
}
