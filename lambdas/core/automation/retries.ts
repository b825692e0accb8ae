/** What is tried again, and how often. Source: Step Functions Developer Guide, "Handling errors" and "Lambda best practices". */
import { RUN_ERRORS } from '#contract/run-script.ts';

/** Of our own errors: what may succeed as it stands, and has changed nothing. */
export const TRANSIENT: readonly string[] = Object.values(RUN_ERRORS)
  .filter(({ transient }) => transient)
  .map(({ name }) => name);

/**
 * Of Lambda itself, which it says before, or without, a word of the function. Where the function runs nevertheless, the
 * second call is told so: a run has one name. A function that has crashed is not called again: what it did is not known.
 */
export const OF_LAMBDA: readonly string[] = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

export const RETRY = [
  {
    ErrorEquals: TRANSIENT,
    IntervalSeconds: 15,
    BackoffRate: 3,
    MaxAttempts: 3,
    MaxDelaySeconds: 180,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: OF_LAMBDA,
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 5,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
] as const;

/** What ends a run that is no failure: another delivery does it already, or somebody has paused it. */
export const NOT_NOW: readonly string[] = [RUN_ERRORS.RUN_IN_PROGRESS.name, RUN_ERRORS.AUTOMATION_PAUSED.name];

/** Longer than Lambda lets a function run, which is 900 s. */
export const ATTEMPT_SECONDS = 930;

/** All attempts, and the pauses between them. */
export const MACHINE_SECONDS = RETRY.reduce(
  (sum, { MaxAttempts, MaxDelaySeconds }) => sum + MaxAttempts * (ATTEMPT_SECONDS + MaxDelaySeconds),
  ATTEMPT_SECONDS,
);
