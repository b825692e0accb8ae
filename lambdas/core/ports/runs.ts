import type { Run, RunPart } from '#contract/automations.ts';
import type { Credentials } from './identity.ts';

/** What is known of a run when it begins. */
export type RunStart = Omit<Run, 'state' | 'attempt' | 'rows' | 'bytes' | 'answer' | 'error' | 'endedAt' | 'part'>;

export type RunEnd = Pick<Run, 'state' | 'rows' | 'bytes' | 'answer' | 'error'>;

type NamedRun = Pick<Run, 'id' | 'automationId'>;

/** One part of one attempt: what an older one says does not count any more. */
type RunAttempt = Pick<Run, 'id' | 'automationId' | 'attempt' | 'part'>;

/** The history of runs, which also sees to it that one execution is one run. */
export interface Runs {
  /**
   * Begins it, or its next attempt where `mayBeginAgain` says so of the last one. Who has begun it has `seconds` to speak
   * up (`progress`); without a word it is `cut` then. What may not begin is given back as it is. A run that may write goes on
   * with the part that had not begun. Kept for `days`.
   */
  begin(run: RunStart, kept: { seconds: number; days: number }): Promise<{ run: Run; begun: boolean }>;
  /** Tells how far it is, has `seconds` again, and hears whether it shall stop. */
  progress(run: RunAttempt, so: { rows: number; bytes: number; seconds: number }): Promise<{ stop: boolean }>;
  /**
   * Leaves it to its next part, which has `seconds` to take it over; without it the run is `cut` then. Undefined: it shall
   * stop, or is nobody's any more.
   */
  handOn(run: RunAttempt, part: Omit<RunPart, 'waiting'>, kept: { seconds: number }): Promise<Run | undefined>;
  /** Begins a part, once: undefined where nobody waits for it. Has `seconds` to speak up. */
  takeOver(
    run: NamedRun & { attempt: number; part: number },
    kept: { seconds: number },
  ): Promise<{ run: Run; stop: boolean } | undefined>;
  /** False: it was not this part's to end. */
  end(run: RunAttempt, end: RunEnd): Promise<boolean>;
  /** Those of one automation, or of none; the newest first. Errors: INPUT_INVALID (its cursor). */
  list(search: {
    automationId?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<{ runs: Run[]; next?: string }>;
  read(run: NamedRun): Promise<Run | undefined>;
  /** Asks a run to stop. False: it had ended, or nobody is there to hear it. */
  stop(run: NamedRun): Promise<boolean>;
  /** Asks all runs of one execution to stop: it was stopped in Step Functions. Those of which nobody speaks are cut. */
  stopExecution(executionArn: string): Promise<void>;
}

/** Callbacks of Step Functions (`.waitForTaskToken`). False of all: nobody waits for it any more. */
export interface TaskTokens {
  succeed(token: string, answer: unknown): Promise<boolean>;
  fail(token: string, error: { name: string; message: string }): Promise<boolean>;
  /** That there is somebody who will answer. */
  beat(token: string): Promise<boolean>;
}

/** Has the function of runs called once more, and waits for nothing. Errors: AWS_DENIED, THROTTLED, AWS_UNAVAILABLE. */
export type CallAgain = (input: object) => Promise<void>;

/** Takes on the role of a run, with the function's own. */
export interface RunRoles {
  /**
   * The external id is that of the instance. `session` names it in CloudTrail; it lasts `seconds`, as far as AWS gives so
   * much. Errors: ROLE_NOT_ASSUMABLE, whose hint is the trust policy that the role needs; THROTTLED; AWS_UNAVAILABLE.
   */
  take(roleArn: string, as: { session: string; seconds: number; signal: AbortSignal }): Promise<RoleKeys>;
}

export interface RoleKeys {
  readonly credentials: Credentials;
  readonly expiresAt: Date;
}
