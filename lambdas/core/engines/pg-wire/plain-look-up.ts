/** Tables by their ids in the plainest SQL, for servers that lack much; all types are known beforehand. */
import type { LookUp, TypeInfo } from './flavour.ts';
import { namedType } from './type-names.ts';

/** Only catalogue tables: on Redshift it runs on the leader node alone. */
const columnsOf = (tables: readonly number[]): string => `
select c.oid, a.attnum, n.nspname, c.relname, a.attname, case when k.conname is null then 'f' else 't' end
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0
left join pg_catalog.pg_constraint k on k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)
where c.oid in (${tables.join(', ')})`;

export const plainLookUp = (types: ReadonlyMap<number, TypeInfo>): LookUp => ({
  typeOf: (field) => namedType(types, field),
  question: (_, tables) => ({ text: columnsOf(tables) }),
  read: (rows) => ({
    types: [],
    columns: rows.map(([oid, number, schema, name, column, key]) => ({
      oid: Number(oid),
      number: Number(number),
      table: { schema: schema ?? '', name: name ?? '', column: column ?? '' },
      key: key === 't',
    })),
  }),
});
