/** What is known of a result's columns beyond their names: types, and the tables and keys that they come from. */
import type { FieldDef } from 'pg';
import type { ResultColumn, ValueKind } from '#contract/results.ts';
import type { Frontend } from './client.ts';
import { Exchange } from './exchange.ts';
import { BUILT_IN_TYPES, kindOfCategory } from './types.ts';

/** One round trip for all that is not known yet: types by id and modifier, columns of tables by the table's id. */
const LOOK_UP = `
select
  (select coalesce(json_agg(json_build_array(k.oid, k.modifier, pg_catalog.format_type(k.oid, k.modifier), t.typcategory)), '[]')
   from unnest($1::oid[], $2::int4[]) as k(oid, modifier) join pg_catalog.pg_type t on t.oid = k.oid),
  (select coalesce(json_agg(json_build_array(c.oid, a.attnum, n.nspname, c.relname, a.attname, i.indexrelid is not null)), '[]')
   from pg_catalog.pg_class c
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0
   left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)
   where c.oid = any ($3::oid[]))`;

type TypeRow = [oid: string, modifier: number, name: string, category: string];
type ColumnRow = [table: string, number: number, schema: string, table_name: string, column: string, key: boolean];
type Known = Pick<ResultColumn, 'table' | 'key'>;

/** Kept as long as a connection: a script asks the same things again and again. */
export class ResultColumns {
  readonly #types = new Map<string, { name: string; kind: ValueKind }>();
  readonly #tables = new Map<number, Map<number, Known>>();

  /** The question to send along with a statement; undefined where nothing is unknown. */
  question(fields: readonly FieldDef[]): Exchange | undefined {
    const types = fields.filter((field) => !this.#typeOf(field));
    const tables = fields.map((field) => field.tableID).filter((table) => table !== 0 && !this.#tables.has(table));
    if (types.length === 0 && tables.length === 0) return undefined;
    const values = [
      arrayOf(types.map((field) => field.dataTypeID)),
      arrayOf(types.map((field) => field.dataTypeModifier)),
      arrayOf(new Set(tables)),
    ];
    return new Exchange({ write: (frontend) => writeQuestion(frontend, values) });
  }

  /** Learns from the answer. Where there is none, columns stay as they are in the row description. */
  learn(answer: Exchange): void {
    const [types, columns] = answer.rows[0] ?? [];
    for (const [oid, modifier, name, category] of JSON.parse(types ?? '[]') as TypeRow[]) {
      const kind = BUILT_IN_TYPES.get(Number(oid))?.kind ?? kindOfCategory(category);
      this.#types.set(`${oid}:${modifier}`, { name, kind });
    }
    for (const [table, number, schema, name, column, key] of JSON.parse(columns ?? '[]') as ColumnRow[]) {
      const known = this.#tables.get(Number(table)) ?? new Map<number, Known>();
      known.set(number, { table: { schema, name, column }, ...(key && { key }) });
      this.#tables.set(Number(table), known);
    }
  }

  describe(fields: readonly FieldDef[]): ResultColumn[] {
    return fields.map((field) => ({
      name: field.name,
      type: this.#typeOf(field)?.name ?? 'unknown',
      kind: this.#typeOf(field)?.kind ?? 'other',
      ...this.#tables.get(field.tableID)?.get(field.columnID),
    }));
  }

  /** Forgets tables: a statement may have changed them. */
  forget(): void {
    this.#tables.clear();
    this.#types.clear();
  }

  #typeOf({ dataTypeID, dataTypeModifier }: FieldDef): { name: string; kind: ValueKind } | undefined {
    if (dataTypeModifier < 0 && BUILT_IN_TYPES.has(dataTypeID)) return BUILT_IN_TYPES.get(dataTypeID);
    return this.#types.get(`${dataTypeID}:${dataTypeModifier}`);
  }
}

function writeQuestion(frontend: Frontend, values: readonly string[]): void {
  frontend.parse({ name: '', text: LOOK_UP });
  frontend.bind({ portal: '', statement: '', values });
  frontend.execute({ portal: '', rows: 0 });
  frontend.sync();
}

const arrayOf = (values: Iterable<number>): string => `{${[...values].join(',')}}`;
