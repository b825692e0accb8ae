import type { AuditOutcome } from '#contract/audit.ts';
import { AppError, type ErrorCode } from '#contract/errors.ts';
import type { DeedEnd } from '../ports/audit.ts';

/** Where Lodge, AWS or the read-only connection of a reader did not let a deed begin. Everything else has failed. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'INPUT_INVALID',
  'KEYS_INVALID',
  'KEYS_EXPIRED',
  'CLOCK_SKEW',
  'SESSION_INVALID',
  'SESSION_EXPIRED',
  'CONNECTION_STALE',
  'ADDRESS_REFUSED',
  'USER_BLOCKED',
  'ROLE_REQUIRED',
  'ACCOUNT_REFUSED',
  'ROOT_REFUSED',
  'NOT_CLAIMED',
  'ALREADY_CLAIMED',
  'AWS_DENIED',
  'REGION_DISABLED',
  'USER_NOT_FOUND',
  'RESOURCE_NOT_FOUND',
  'SCRIPT_NOT_FOUND',
  'AUTOMATION_NOT_FOUND',
  'AUTOMATION_PAUSED',
  'AUTOMATION_REFUSED',
  'PARAMETER_INVALID',
  'ROLE_NOT_ALLOWED',
  'ROLE_NOT_ASSUMABLE',
  'RUN_IN_PROGRESS',
  'ENGINE_UNSUPPORTED',
  'LAST_ADMINISTRATOR',
  'CHANGED_MEANWHILE',
  'READ_ONLY',
  'TOO_MANY_ATTEMPTS',
  'TOO_MANY_STATEMENTS',
]);

/** How a deed ended that threw. After an abort everything thrown is its echo, and the deed was cut. */
export function outcomeOf(error: unknown, signal?: AbortSignal): Required<Pick<DeedEnd, 'outcome' | 'code'>> {
  if (signal?.aborted) return { outcome: 'cut', code: codeOf(signal.reason) };
  const code = codeOf(error);
  return { outcome: kindOf(code), code };
}

function kindOf(code: ErrorCode): AuditOutcome {
  if (code === 'STATEMENT_CANCELLED') return 'cancelled';
  return REFUSALS.has(code) ? 'refused' : 'failed';
}

const codeOf = (error: unknown): ErrorCode => (error instanceof AppError ? error.code : 'INTERNAL');
