/**
 * Redshift as an engine, clusters and Serverless workgroups alike. It speaks as PostgreSQL 8.0.2 does and has a catalogue of
 * its own; what is known of it here is what AWS documents, and docs/engines.md says what has not been seen.
 */
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { engineOf } from '../pg-wire/engine-of.ts';
import { plainLookUp } from '../pg-wire/plain-look-up.ts';
import { PROVEN_BY_SETTING } from '../pg-wire/transaction.ts';
import { cancelSession } from './cancel.ts';
import { describe } from './catalogue/describe.ts';
import { names } from './catalogue/names.ts';
import { children } from './catalogue/tree.ts';
import { setUp } from './set-up.ts';
import { REDSHIFT_TYPES } from './types.ts';
import { WORDING } from './wording.ts';

export const redshift = engineOf({
  dialect: SQL_DIALECTS.redshift,
  setUp,
  /**
   * PostgreSQL 8.0 lets a transaction be made read-write again ("SET TRANSACTION"), so that the proof stands before every
   * statement. A procedure that is called inside of a transaction cannot end it ("Managing transactions").
   */
  reading: PROVEN_BY_SETTING,
  limit: (seconds) => `SET statement_timeout TO ${seconds * 1_000}`,
  cancel: cancelSession,
  lookUp: plainLookUp(REDSHIFT_TYPES),
  wording: WORDING,
  catalogue: { children, names, describe },
});
