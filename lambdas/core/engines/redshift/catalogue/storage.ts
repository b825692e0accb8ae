/** How a table is stored: encodings, distribution and sort keys, and how large it is. */
import type { Session } from '../../pg-wire/session.ts';

export interface Storage {
  /** Of each column by its name; empty for what is not stored here. */
  readonly columns: ReadonlyMap<string, ColumnStorage>;
  /** `EVEN`, `KEY`, `ALL`, `AUTO (EVEN)`…; undefined where the user may not see it. */
  readonly distribution: string | undefined;
  readonly summary: Summary | undefined;
}

interface ColumnStorage {
  readonly encoding: string;
  readonly distKey: boolean;
  /** The place in the sort key, from 1; alternately negative in an interleaved one; 0: not part of it. */
  readonly sortKey: number;
}

interface Summary {
  /** True where Redshift itself chooses encodings, or the sort key. */
  readonly autoEncoded: boolean;
  readonly autoSorted: boolean;
  readonly megabytes: number;
  /** Those that are deleted and not vacuumed yet included. */
  readonly rows: number;
  readonly skew: string | null;
  readonly unsorted: string | null;
  readonly staleStatistics: string | null;
}

/** "SVV_REDSHIFT_COLUMNS": unlike PG_TABLE_DEF it needs no search path that leads to the schema. */
const COLUMNS = `
select column_name, encoding, distkey, sortkey from pg_catalog.svv_redshift_columns
where database_name = $1 and schema_name = $2 and table_name = $3`;

/** "PG_CLASS_INFO", on the leader node alone. */
const DISTRIBUTION = `
select i.releffectivediststyle from pg_catalog.pg_class_info i
join pg_catalog.pg_namespace n on n.oid = i.relnamespace
where n.nspname = $1 and i.relname = $2`;
const STYLES: Readonly<Record<number, string>> = {
  0: 'EVEN',
  1: 'KEY',
  8: 'ALL',
  10: 'AUTO (ALL)',
  11: 'AUTO (EVEN)',
  12: 'AUTO (KEY)',
};

/** "SVV_TABLE_INFO": nothing for an empty table, and only for a superuser or whom its SELECT was granted to. */
const SUMMARY = `
select encoded, sortkey1, size, tbl_rows, skew_rows, unsorted, stats_off from pg_catalog.svv_table_info
where "schema" = $1 and "table" = $2`;

type ColumnRow = [name: string, encoding: string | null, distKey: boolean | null, sortKey: number | null];
type SummaryRow = [
  encoded: string | null,
  sortKey: string | null,
  size: string | null,
  rows: string | null,
  skew: string | null,
  unsorted: string | null,
  statsOff: string | null,
];

export async function storageOf(session: Session, schema: string, table: string): Promise<Storage> {
  const rows = await session.query<ColumnRow>(COLUMNS, [session.about.database, schema, table]);
  const columns = rows.map(([name, encoding, distKey, sortKey]): [string, ColumnStorage] => [
    name,
    { encoding: encoding?.trim() || 'none', distKey: distKey === true, sortKey: sortKey ?? 0 },
  ]);
  const [style] = await session.query<[number]>(DISTRIBUTION, [schema, table]);
  return {
    columns: new Map(columns),
    distribution: style && STYLES[style[0]],
    summary: await summaryOf(session, schema, table),
  };
}

/** Where it may not be read, it is left out: the rest is worth showing. */
async function summaryOf(session: Session, schema: string, table: string): Promise<Summary | undefined> {
  const rows = await session.query<SummaryRow>(SUMMARY, [schema, table]).catch((error: unknown) => {
    if ((error as { details?: { native?: { code?: string } } }).details?.native?.code === NOT_PERMITTED) return [];
    throw error;
  });
  const [row] = rows;
  if (!row) return undefined;
  const [encoded, sortKey, size, count, skew, unsorted, staleStatistics] = row;
  return {
    autoEncoded: /AUTO/.test(encoded ?? ''),
    autoSorted: /AUTO/.test(sortKey ?? ''),
    megabytes: Number(size ?? 0),
    rows: Number(count ?? 0),
    skew,
    unsorted,
    staleStatistics,
  };
}

/** `insufficient_privilege`. */
const NOT_PERMITTED = '42501';
