/**
 * In which transaction a statement runs. Editors commit statement by statement unless they say BEGIN. Readers are kept
 * inside transactions of Lodge's own that the server itself makes read-only: see docs/decisions/0002-postgres-streams.md.
 */
import type { Flavour } from './flavour.ts';

export interface Transaction {
  /** What to send before a statement, and how the last of it must be answered for the statement to be carried out. */
  before(status: string): { texts: readonly string[]; expected: string } | undefined;
  /** What to send after a statement that has succeeded. */
  after(tag: string, status: string): string | undefined;
  /** True in a transaction that the script has begun: a statement there must not be cancelled to stop its rows. */
  readonly begun: boolean;
}

/** Follows what the script itself begins and ends, by what the server says of it. */
class Begun {
  value = false;
  see(tag: string, status: string): void {
    if (tag === 'BEGIN' || tag === 'START TRANSACTION') this.value = true;
    // AND CHAIN begins anew at once.
    else if (/^(COMMIT|ROLLBACK|PREPARE TRANSACTION)$/.test(tag)) this.value = status === 'T';
  }
}

export function editing(): Transaction {
  const begun = new Begun();
  return {
    before: () => undefined,
    after: (tag, status) => {
      begun.see(tag, status);
      return undefined;
    },
    get begun() {
      return begun.value;
    },
  };
}

/** By the standard's own statement. Named with its schema, the function cannot be another one by the search path. */
export const PROVEN_BY_SETTING: Flavour['reading'] = {
  begin: 'BEGIN READ ONLY',
  proof: `SELECT pg_catalog.current_setting('transaction_read_only')`,
  expected: 'on',
};

/**
 * Before each statement, in whatever transaction, a query shows that it only reads: so even COMMIT AND CHAIN opens no gap.
 * Inside a transaction block no procedure and no DO block can commit.
 */
export function reading({ begin, proof, expected }: Flavour['reading']): Transaction {
  const begun = new Begun();
  return {
    before: (status) => ({ texts: status === 'I' ? [begin, proof] : [proof], expected }),
    // Committing what only reads keeps what SET has changed.
    after: (tag, status) => {
      begun.see(tag, status);
      return !begun.value && status === 'T' ? 'COMMIT' : undefined;
    },
    get begun() {
      return begun.value;
    },
  };
}
