/** What Aurora DSQL says in its own way ("Concurrency control", "DDL", "Cluster quotas and database limits"). */
import type { Wording } from '../pg-wire/explain.ts';
import type { Explanation } from '../sql/explain-reach.ts';

const RETRY = 'Run it again: nothing of it was committed.';

const SAID: readonly (readonly [RegExp, Explanation])[] = [
  [
    /\bOC000\b/,
    {
      code: 'STATEMENT_FAILED',
      message: 'Another transaction has changed the same rows first, so this one was not committed (OC000).',
      hint: RETRY,
    },
  ],
  [
    /\bOC001\b/,
    {
      code: 'STATEMENT_FAILED',
      message: 'Another transaction has changed the schema meanwhile, so this one was not committed (OC001).',
      hint: RETRY,
    },
  ],
  [
    /ddl and dml|multiple ddl/i,
    {
      code: 'STATEMENT_FAILED',
      hint: 'A transaction of Aurora DSQL holds one DDL statement and nothing else, or none. Put a COMMIT between them, or leave out BEGIN: then each statement commits by itself.',
    },
  ],
  [
    /transaction row limit|transaction size limit/i,
    {
      code: 'STATEMENT_FAILED',
      hint: 'A transaction of Aurora DSQL may change 3,000 rows and 10 MiB. Change fewer rows at once, such as by ranges of the key.',
    },
  ],
  [
    /transaction age limit/i,
    { code: 'STATEMENT_TIMEOUT', message: 'Aurora DSQL ends a transaction after five minutes.', hint: RETRY },
  ],
  [
    /setting configuration parameter .* not supported/i,
    { code: 'STATEMENT_FAILED', hint: 'Aurora DSQL manages this by itself: leave the SET out.' },
  ],
];

/** `serialization_failure`, whatever it says. */
const CONFLICT: Explanation = { code: 'STATEMENT_FAILED', hint: RETRY };

/** The role that every cluster begins with. */
const ADMIN = 'admin';

export const WORDING: Wording = {
  states: { '40001': CONFLICT },
  read: ({ message }) => SAID.find(([words]) => words.test(message))?.[1],
  refused: /access denied/i,
  loginHint: ({ user }) =>
    user === ADMIN
      ? 'Your keys need dsql:DbConnectAdmin on the cluster to log in as admin.'
      : `Your keys need dsql:DbConnect on the cluster, and an administrator has to give the role to your IAM role: AWS IAM GRANT "${user}" TO '<its ARN>'.`,
};
