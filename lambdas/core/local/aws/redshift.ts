import type { QueryService } from './service.ts';

/** Redshift: operations by their names, from a file for each kind of them. */
export const redshift = (...operations: QueryService['operations'][]): QueryService => ({
  protocol: 'query',
  name: 'redshift',
  version: '2012-12-01',
  namespace: 'http://redshift.amazonaws.com/doc/2012-12-01/',
  operations: Object.assign({}, ...operations),
});
