/** What is known of a result's columns beyond their names: types, and the tables and keys that they come from. */
import type { FieldDef } from 'pg';
import type { ResultColumn } from '#contract/results.ts';
import type { Frontend } from './client.ts';
import { Exchange } from './exchange.ts';
import type { LookUp, Question, TypeId, TypeInfo } from './flavour.ts';

type Known = Pick<ResultColumn, 'table' | 'key'>;

/** Kept as long as a connection: a script asks the same things again and again. */
export class ResultColumns {
  readonly #lookUp: LookUp;
  readonly #types = new Map<string, TypeInfo>();
  readonly #tables = new Map<number, Map<number, Known>>();

  constructor(lookUp: LookUp) {
    this.#lookUp = lookUp;
  }

  /** The question to send along with a statement; undefined where nothing is unknown. */
  question(fields: readonly FieldDef[]): Exchange | undefined {
    const types = fields.filter((field) => !this.#typeOf(field));
    const tables = fields.map((field) => field.tableID).filter((table) => table !== 0 && !this.#tables.has(table));
    if (types.length === 0 && tables.length === 0) return undefined;
    const question = this.#lookUp.question(types, [...new Set(tables)]);
    return new Exchange({ write: (frontend) => writeQuestion(frontend, question) });
  }

  /** Learns from the answer. Where there is none, columns stay as they are in the row description. */
  learn(answer: Exchange): void {
    const { types, columns } = this.#lookUp.read(answer.rows);
    for (const { oid, modifier, name, kind } of types) this.#types.set(`${oid}:${modifier}`, { name, kind });
    for (const { oid, number, table, key } of columns) {
      const known = this.#tables.get(oid) ?? new Map<number, Known>();
      known.set(number, { table, ...(key && { key }) });
      this.#tables.set(oid, known);
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

  #typeOf(field: TypeId): TypeInfo | undefined {
    return this.#lookUp.typeOf(field) ?? this.#types.get(`${field.dataTypeID}:${field.dataTypeModifier}`);
  }
}

function writeQuestion(frontend: Frontend, { text, values = [] }: Question): void {
  frontend.parse({ name: '', text, types: [] });
  frontend.bind({ portal: '', statement: '', values });
  frontend.execute({ portal: '', rows: 0 });
  frontend.sync();
}
