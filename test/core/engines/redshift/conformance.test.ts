import { redshift } from '#core/engines/redshift/redshift.ts';
import { postgresSubject } from '../pg-wire/postgres-subject.ts';
import { sqlConformance } from '../sql/conformance.ts';
import { startRedshift } from './start-redshift.ts';

// Redshift has no indexes.
sqlConformance('Redshift', async () => ({ ...(await postgresSubject(redshift, await startRedshift())), indexes: 0 }));
