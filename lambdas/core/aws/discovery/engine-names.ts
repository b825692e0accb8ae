import type { EngineName } from '#contract/engines.ts';

/**
 * AWS's engine names to ours, the first row that matches. RDS's describe calls also answer with Neptune, which shares its
 * endpoint, and with engines that Lodge has no code for: those are listed and have no engine here.
 * Source: RDS API Reference, CreateDBInstance and CreateDBCluster, `Engine`.
 */
const ENGINE_NAMES: readonly (readonly [RegExp, EngineName])[] = [
  [/^(aurora-postgresql|postgres)$/, 'postgres'],
  [/^(aurora|aurora-mysql|mysql|mariadb)$/, 'mysql'],
  [/^docdb$/, 'documentdb'],
  [/^(custom-)?sqlserver-/, 'sqlserver'],
  [/^(custom-)?oracle-/, 'oracle'],
];

/** Our engine for an engine name of AWS; undefined where there is none. */
export const engineOf = (awsEngine: string): EngineName | undefined =>
  ENGINE_NAMES.find(([pattern]) => pattern.test(awsEngine))?.[1];
