import { dsql } from '#core/engines/dsql/dsql.ts';
import { startPostgres } from '../../../support/postgres-server.ts';
import { readersChangeNothing } from '../pg-wire/readers-change-nothing.ts';

readersChangeNothing('Aurora DSQL', dsql, startPostgres);
