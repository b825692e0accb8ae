/** What Redshift says in its own way, and what a refused login needs. */
import type { DatabaseError } from 'pg';
import type { Wording } from '../pg-wire/explain.ts';
import type { Explanation } from '../sql/explain-reach.ts';

const OUTSIDE_TABLE: Explanation = {
  code: 'READ_ONLY',
  message:
    'This version of Redshift takes note of a shared or external table when it is first read, which a reader may not.',
  hint: 'From patch 204 on a read-only transaction reads such tables. Until then an editor can run this.',
};
const ENDED_BY_RULE: Explanation = {
  code: 'STATEMENT_CANCELLED',
  hint: 'A rule or a time limit of workload management (WLM) stopped it: ask for less at once, or ask whoever manages the queues.',
};
const OVERTIME: Explanation = { code: 'STATEMENT_TIMEOUT' };
const CANCELLED: Explanation = { code: 'STATEMENT_CANCELLED' };
const CONFLICT: Explanation = {
  code: 'STATEMENT_FAILED',
  hint: 'Another transaction has changed the same table at the same time. Run it again.',
};

/** Most errors have the state XX000, so that only their words tell. The first that fits counts. */
const SAID: readonly (readonly [RegExp, Explanation])[] = [
  [/into local catalog.*read-only/is, OUTSIDE_TABLE],
  [/transaction is read-only|in a read-only transaction/i, { code: 'READ_ONLY' }],
  [/query monitoring rule|\bWLM\b/i, ENDED_BY_RULE],
  [/statement timeout/i, OVERTIME],
  [/cancell?ed on user'?s request|cancel(l?ing|l?ed)? .*user request|requested abort/i, CANCELLED],
  [/serializable isolation violation/i, CONFLICT],
];

/**
 * The block that Redshift draws as the detail of an error of its compute nodes: `error:`, `code:`, `context:`, `query:`,
 * `location:`, `process:`, between two rulers. The first of them is the sentence that its message leaves out.
 */
const BLOCK = /^\s*-{5,}\s*\n\s*error:\s*(.+?)\s*\n\s*code:/s;

export const WORDING: Wording = {
  states: { '57014': CANCELLED },
  read({ message, detail = '' }: DatabaseError) {
    const inner = BLOCK.exec(detail)?.[1]?.replace(/\s+/g, ' ');
    const known = SAID.find(([words]) => words.test(`${message} ${inner ?? ''}`))?.[1];
    if (known || !inner || message.includes(inner)) return known;
    return { code: 'STATEMENT_FAILED', message: `${message}: ${inner}` };
  },
  // What GetClusterCredentials and GetCredentials name a user by.
  loginHint: ({ user }) =>
    /^IAMR?:/.test(user)
      ? 'The password of minutes may have expired, or the database user may not be in the group that may connect. Connect again.'
      : undefined,
};
