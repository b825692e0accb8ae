/** What is known of a run, as values: a screen draws them, a test reads them. */
import type { ErrorDetails } from '#contract/errors.ts';
import type { Consumed } from '#contract/results.ts';
import type { ResultStore } from '../../grid/result-store.ts';

/** A part of the script that was sent, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The rows of one statement. */
export interface ResultSet {
  readonly id: number;
  /** Counted from 0 in the script. */
  readonly statement: number;
  readonly span: Span | undefined;
  readonly store: ResultStore;
  /** `truncated`: there was more, and reading stopped where it was told to; `partial`: the run ended before the rows did. */
  readonly state: 'streaming' | 'complete' | 'truncated' | 'partial';
  readonly elapsedMs: number | undefined;
  /** What the service charges for the statement. */
  readonly consumed: Consumed | undefined;
}

/** What a run says of itself, in the order in which it happened. */
export type RunMessage =
  | {
      readonly kind: 'done';
      readonly statement: number;
      readonly span: Span | undefined;
      readonly command: string;
      readonly rows: number;
      readonly affected: number | undefined;
      readonly truncated: boolean;
      readonly elapsedMs: number;
      /** What the service charges for the statement, and for the run so far. */
      readonly consumed?: (Consumed & { readonly total: number }) | undefined;
    }
  | {
      readonly kind: 'notice';
      readonly severity: string;
      readonly message: string;
      readonly code?: string | undefined;
      readonly detail?: string | undefined;
      readonly hint?: string | undefined;
    }
  | { readonly kind: 'said'; readonly text: string; readonly tone: 'calm' | 'warning' }
  | ({ readonly kind: 'error' } & RunError);

export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
  readonly details: ErrorDetails | undefined;
  /** The statement it happened in, and the place in the script that was sent. */
  readonly span: Span | undefined;
  readonly at: number | undefined;
}

/**
 * `connecting` waits for a token, `waiting` for the first record, `cancelling` for the database to stop;
 * `cut` is a stream that ended without saying that it did.
 */
export type Phase =
  | 'connecting'
  | 'waiting'
  | 'streaming'
  | 'cancelling'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'cut'
  | 'declined';

export interface RunState {
  readonly phase: Phase;
  readonly results: readonly ResultSet[];
  readonly messages: readonly RunMessage[];
  /** Rows of all results so far. */
  readonly rows: number;
  readonly statements: number | undefined;
  /** By the browser's clock (`performance.now()`), since the run began. */
  readonly startedAt: number;
  readonly elapsedMs: number | undefined;
}

const RUNNING: ReadonlySet<Phase> = new Set<Phase>(['connecting', 'waiting', 'streaming', 'cancelling']);
export const isRunning = ({ phase }: RunState): boolean => RUNNING.has(phase);
