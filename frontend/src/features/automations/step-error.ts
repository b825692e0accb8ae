/** What a step of a check failed with, and what of the two policies mends it. */
import type { ErrorBody } from '#contract/errors.ts';
import type { Policy } from '#contract/policies.ts';

const TRUST = 'Paste the trust policy above into the role, and look at its name. IAM may take some seconds to notice.';
const PERMISSION =
  'The permission policy above allows it: paste it into the role. IAM may take some seconds to notice.';

/** The server's own hint stays where neither policy would help. */
export function stepError(error: ErrorBody, policy: Policy | undefined): ErrorBody {
  const { code, details = {} } = error;
  const { action, hint } = details;
  if (code === 'ROLE_NOT_ASSUMABLE') return { ...error, details: { ...details, action: undefined, hint: TRUST } };
  if (!action || !policy || !allowsAction(policy, action)) return error;
  return { ...error, details: { ...details, hint: [hint, PERMISSION].filter(Boolean).join(' ') } };
}

const allowsAction = ({ Statement }: Policy, action: string): boolean =>
  Statement.some(({ Action }) => [Action].flat().includes(action));
