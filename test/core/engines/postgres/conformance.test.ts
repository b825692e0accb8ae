import { postgres } from '#core/engines/postgres/postgres.ts';
import { startPostgres } from '../../../support/postgres-server.ts';
import { postgresSubject } from '../pg-wire/postgres-subject.ts';
import { sqlConformance } from '../sql/conformance.ts';

sqlConformance('PostgreSQL', async () => postgresSubject(postgres, await startPostgres()));
