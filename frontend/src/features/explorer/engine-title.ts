/** What people call the engine of a resource: MariaDB is not MySQL to them, though Lodge speaks to both alike. */
import { ENGINES } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';

/** Products of AWS and others that share an engine with another one, by AWS's names. */
const PRODUCTS: Readonly<Record<string, string>> = {
  mariadb: 'MariaDB',
  aurora: 'Aurora MySQL',
  'aurora-mysql': 'Aurora MySQL',
  'aurora-postgresql': 'Aurora PostgreSQL',
};

/** The product; AWS's own name where Lodge has no engine for it. */
export const engineTitle = ({ engine, awsEngine }: Pick<Resource, 'engine' | 'awsEngine'>): string =>
  PRODUCTS[awsEngine] ?? (engine ? ENGINES[engine].title : awsEngine);
