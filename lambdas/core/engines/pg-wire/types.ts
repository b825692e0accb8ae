/** The types that PostgreSQL brings along, by object id: their names and how their values are shown (pg_type.dat). */
import type { ValueKind } from '#contract/results.ts';
import type { TypeInfo } from './flavour.ts';

/** `[oid, name, kind, oid of its array]` */
const ROWS: readonly (readonly [number, string, ValueKind, number])[] = [
  [16, 'boolean', 'boolean', 1000],
  [17, 'bytea', 'bytes', 1001],
  [18, '"char"', 'text', 1002],
  [19, 'name', 'text', 1003],
  [20, 'bigint', 'number', 1016],
  [21, 'smallint', 'number', 1005],
  [23, 'integer', 'number', 1007],
  [25, 'text', 'text', 1009],
  [26, 'oid', 'number', 1028],
  [114, 'json', 'json', 199],
  [142, 'xml', 'text', 143],
  [600, 'point', 'other', 1017],
  [650, 'cidr', 'text', 651],
  [700, 'real', 'number', 1021],
  [701, 'double precision', 'number', 1022],
  [790, 'money', 'other', 791],
  [829, 'macaddr', 'text', 1040],
  [869, 'inet', 'text', 1041],
  [1042, 'character', 'text', 1014],
  [1043, 'character varying', 'text', 1015],
  [1082, 'date', 'temporal', 1182],
  [1083, 'time without time zone', 'temporal', 1183],
  [1114, 'timestamp without time zone', 'temporal', 1115],
  [1184, 'timestamp with time zone', 'temporal', 1185],
  [1186, 'interval', 'temporal', 1187],
  [1266, 'time with time zone', 'temporal', 1270],
  [1560, 'bit', 'text', 1561],
  [1562, 'bit varying', 'text', 1563],
  [1700, 'numeric', 'number', 1231],
  [2205, 'regclass', 'text', 2210],
  [2249, 'record', 'other', 2287],
  [2278, 'void', 'other', 0],
  [2950, 'uuid', 'uuid', 2951],
  [3614, 'tsvector', 'text', 3643],
  [3802, 'jsonb', 'json', 3807],
];

export const BUILT_IN_TYPES: ReadonlyMap<number, TypeInfo> = new Map(
  ROWS.flatMap(([oid, name, kind, array]): [number, TypeInfo][] => [
    [oid, { name, kind }],
    [array, { name: `${name}[]`, kind: 'array' }],
  ]),
);
