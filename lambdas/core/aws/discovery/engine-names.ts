import type { EngineName } from '#contract/engines.ts';

/**
 * AWS's engine names to ours. RDS's describe calls also answer with DocumentDB and Neptune, which share its endpoint, and
 * with engines that Lodge has no code for: those are listed and have no engine here.
 */
const ENGINE_NAMES: Readonly<Record<string, EngineName>> = {
  postgres: 'postgres',
  'aurora-postgresql': 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  'aurora-mysql': 'mysql',
  docdb: 'documentdb',
};

/** Our engine for an engine name of AWS; undefined where there is none. */
export const engineOf = (awsEngine: string): EngineName | undefined => ENGINE_NAMES[awsEngine];
