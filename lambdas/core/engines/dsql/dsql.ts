/**
 * Aurora DSQL as an engine: PostgreSQL 16 without much of what Lodge asks of it elsewhere. What is asked here is what AWS
 * documents, or what others have seen it answer; docs/engines.md says what has not been seen.
 */
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { engineOf } from '../pg-wire/engine-of.ts';
import { plainLookUp } from '../pg-wire/plain-look-up.ts';
import { PROVEN_BY_SETTING } from '../pg-wire/transaction.ts';
import { BUILT_IN_TYPES } from '../pg-wire/types.ts';
import { cancelByKey } from './cancel.ts';
import { describe } from './catalogue/describe.ts';
import { names } from './catalogue/names.ts';
import { children } from './catalogue/tree.ts';
import { setUp } from './set-up.ts';
import { WORDING } from './wording.ts';

export const dsql = engineOf({
  dialect: SQL_DIALECTS.postgres,
  setUp,
  /** No setting makes a session read-only, so that each statement's own transaction is all there is, proven each time. */
  reading: PROVEN_BY_SETTING,
  // `statement_timeout` is refused: Lodge stops what is over time, and DSQL any transaction after five minutes.
  limit: () => undefined,
  cancel: cancelByKey,
  lookUp: plainLookUp(BUILT_IN_TYPES),
  wording: WORDING,
  catalogue: { children, names, describe },
});
