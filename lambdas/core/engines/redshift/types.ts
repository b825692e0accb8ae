/**
 * Redshift's types by object id: PostgreSQL's, and its own as its open-source drivers number them. Nobody can make others.
 * VARBYTE is printed as bare hexadecimal digits, GEOMETRY as those of EWKB, HLLSKETCH as JSON or Base64: text to whoever
 * copies it.
 */
import type { TypeInfo } from '../pg-wire/flavour.ts';
import { BUILT_IN_TYPES } from '../pg-wire/types.ts';

const OWN: readonly [number, TypeInfo][] = [
  [702, { name: 'abstime', kind: 'temporal' }],
  [705, { name: 'unknown', kind: 'text' }],
  [1188, { name: 'interval year to month', kind: 'temporal' }],
  [1190, { name: 'interval day to second', kind: 'temporal' }],
  [2935, { name: 'hllsketch', kind: 'other' }],
  [3000, { name: 'geometry', kind: 'other' }],
  [3001, { name: 'geography', kind: 'other' }],
  [3999, { name: 'geometry', kind: 'other' }],
  [4000, { name: 'super', kind: 'json' }],
  [6551, { name: 'varbyte', kind: 'other' }],
];

export const REDSHIFT_TYPES: ReadonlyMap<number, TypeInfo> = new Map([...BUILT_IN_TYPES, ...OWN]);
