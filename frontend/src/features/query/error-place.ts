/** Where in the script an error points. */
import type { ErrorDetails } from '#contract/errors.ts';
import type { Span } from './run-state.ts';

/**
 * Databases count characters of the statement from 1, and a character outside the Basic Multilingual Plane as one; here
 * it takes two code units. The statement begins at `span.from`.
 */
export function placeOfError(script: string, span: Span, details: ErrorDetails | undefined): number | undefined {
  const position = details?.native?.position;
  if (position === undefined) return undefined;
  let at = span.from;
  for (let left = position - 1; left > 0 && at < script.length; left--)
    at += (script.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return Math.min(at, span.to, script.length);
}
