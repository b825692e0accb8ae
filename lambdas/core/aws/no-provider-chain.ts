/**
 * What a packed function has in the place of `@aws-sdk/credential-providers` (see lib/bundling.ts). The driver of MongoDB
 * loads that package for every login by an AWS identity, though the credentials are handed to it; the chain would find
 * those of the function's own role, which must never log in to a database.
 */
export const fromNodeProviderChain = () => async (): Promise<never> => {
  throw new Error('A login takes the credentials that it is given.');
};
