/** PostgreSQL as an engine: RDS, Aurora and any other that speaks its protocol over TLS. */
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { engineOf } from '../pg-wire/engine-of.ts';
import { PROVEN_BY_SETTING } from '../pg-wire/transaction.ts';
import { cancelBackend } from './cancel.ts';
import { describe } from './catalogue/describe.ts';
import { names } from './catalogue/names.ts';
import { children } from './catalogue/tree.ts';
import { LOOK_UP_BY_IDS } from './look-up.ts';
import { setUp } from './set-up.ts';
import { WORDING } from './wording.ts';

export const postgres = engineOf({
  dialect: SQL_DIALECTS.postgres,
  setUp,
  /**
   * The proof takes a snapshot, after which PostgreSQL refuses READ WRITE ("transaction read-write mode must be set
   * before any query"): nothing can make the transaction read-write again.
   */
  reading: PROVEN_BY_SETTING,
  limit: (seconds) => `SET statement_timeout = ${seconds * 1_000}`,
  cancel: cancelBackend,
  lookUp: LOOK_UP_BY_IDS,
  wording: WORDING,
  catalogue: { children, names, describe },
});
