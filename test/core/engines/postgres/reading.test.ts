import { postgres } from '#core/engines/postgres/postgres.ts';
import { startPostgres } from '../../../support/postgres-server.ts';
import { readersChangeNothing } from '../pg-wire/readers-change-nothing.ts';

readersChangeNothing('PostgreSQL', postgres, startPostgres);
