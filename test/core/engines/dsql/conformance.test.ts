import { dsql } from '#core/engines/dsql/dsql.ts';
import { startPostgres } from '../../../support/postgres-server.ts';
import { postgresSubject } from '../pg-wire/postgres-subject.ts';
import { sqlConformance } from '../sql/conformance.ts';

sqlConformance('Aurora DSQL', async () => ({
  ...(await postgresSubject(dsql, await startPostgres())),
  tellsNobody: true,
}));
