/**
 * What a packed function has in the place of `@aws-sdk/credential-provider-node` (see lib/bundling.ts): Lambda puts the
 * role's credentials into the environment, and nothing else is ever asked. The chain of files, SSO, processes and
 * metadata services is a fifth of a function's code.
 */
export const defaultProvider = () => async () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('This function has no credentials in its environment.');
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
};
