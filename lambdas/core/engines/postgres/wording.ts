import type { Wording } from '../pg-wire/explain.ts';

const IAM_HINT =
  'For an IAM login the database user needs the role rds_iam, and your keys need rds-db:connect for that user.';

export const WORDING: Wording = {
  // A token is a signed URL.
  loginHint: ({ password }) => (password.includes('X-Amz-Signature=') ? IAM_HINT : undefined),
};
