/**
 * IAM: the account's alias, the nearest thing to a name that an account has. AWS takes signatures for us-east-1 only, and
 * its SDKs know; but with an endpoint of one's own they sign for the region that they were given, so any is taken here.
 */
import { ACCOUNT_ALIASES } from '../account/principals.ts';
import { Fault } from './fault.ts';
import type { QueryService } from './service.ts';

export const iam: QueryService = {
  protocol: 'query',
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    ListAccountAliases(_parameters, caller) {
      // Keys of GetSessionToken without MFA may not call IAM at all (STS API reference), and AWS does not say why.
      if (caller.key.origin === 'session-token') {
        throw new Fault('unknownKey', 'The security token included in the request is invalid');
      }
      caller.authorize('iam:ListAccountAliases', '*');
      return {
        AccountAliases: { member: ACCOUNT_ALIASES[caller.key.principal.accountId] },
        IsTruncated: false,
      };
    },
  },
};
