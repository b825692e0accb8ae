import type { ConnectStep, TestStep } from '#contract/connecting.ts';
import { AppError, type ErrorDetails } from '#contract/errors.ts';
import type { Reach } from '#contract/resources.ts';

/** What fails on the way, before the database has said anything. */
const ON_THE_WAY: readonly (ConnectStep | undefined)[] = ['name', 'route', 'port'];

/**
 * A database that no network reaches was tried all the same, for it may be public after all. Where that failed on the way,
 * the error says what would reach it.
 */
export function unreached(error: unknown, reach: Reach): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, message, cause } = error;
  const details = told(error.details, reach);
  return details ? new AppError(code, { message, details, cause }) : error;
}

/** The same for a step of a test. */
export function unreachedStep(step: TestStep, reach: Reach): TestStep {
  const details = told(step.error?.details, reach);
  return step.error && details ? { ...step, error: { ...step.error, details } } : step;
}

function told(details: ErrorDetails | undefined, reach: Reach): ErrorDetails | undefined {
  if (reach.way !== 'none' || !ON_THE_WAY.includes(details?.step)) return undefined;
  return { ...details, hint: [reach.reason, reach.settings].filter(Boolean).join('\n') };
}
