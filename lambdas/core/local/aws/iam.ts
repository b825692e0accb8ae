/**
 * IAM: the account's alias, and what users and roles bear: paths and tags. AWS takes signatures for us-east-1 only, and its
 * SDKs know; but with an endpoint of one's own they sign for the region that they were given, so any is taken here.
 */
import { type IamIdentity, iamIdentity } from '../account/iam-identities.ts';
import { ACCOUNT_ALIASES } from '../account/principals.ts';
import { checkedParameter } from './checked-parameter.ts';
import { Fault } from './fault.ts';
import { type PageRules, page } from './paging.ts';
import type { Caller, QueryService } from './service.ts';
import type { XmlElement } from './xml.ts';

/** The API references of ListUserTags, ListRoleTags and GetRole. */
const NAME = { least: 1, most: 64, pattern: '[\\w+=,.@-]+' };
const PAGES: PageRules = { size: 'MaxItems', marker: 'Marker', least: 1, most: 1_000, usual: 100, fault: 'invalid' };

type Operation = QueryService['operations'][string];

/** Keys of GetSessionToken without MFA may not call IAM at all (STS API reference), and AWS does not say why. */
const withoutSessionTokens =
  (operation: Operation): Operation =>
  (parameters, caller) => {
    if (caller.key.origin === 'session-token') {
      throw new Fault('unknownKey', 'The security token included in the request is invalid');
    }
    return operation(parameters, caller);
  };

const getRole: Operation = (parameters, caller) => {
  const role = named('role', 'iam:GetRole', parameters, caller);
  return {
    Role: {
      Path: role.path,
      RoleName: role.name,
      RoleId: role.id,
      Arn: role.arn,
      CreateDate: '2024-02-01T09:00:00Z',
      AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
      MaxSessionDuration: role.maxSeconds,
      Tags: { member: tagsOf(role) },
    },
  };
};

const listTags =
  (kind: 'user' | 'role', action: string): Operation =>
  (parameters, caller) => {
    const { items, marker } = page(tagsOf(named(kind, action, parameters, caller)), parameters, PAGES);
    return { Tags: { member: items }, IsTruncated: marker !== undefined, Marker: marker };
  };

/** By the name in the parameters, in the caller's own account: whoever may not ask does not learn whether there is one. */
function named(
  kind: 'user' | 'role',
  action: string,
  parameters: ReadonlyMap<string, string>,
  caller: Caller,
): IamIdentity {
  const name = checkedParameter(parameters, kind === 'user' ? 'UserName' : 'RoleName', NAME);
  const { accountId } = caller.key.principal;
  const found = iamIdentity(kind, accountId, name);
  caller.authorize(action, found?.arn ?? `arn:aws:iam::${accountId}:${kind}/${name}`, `${kind} ${name}`);
  if (found) return found;
  throw new Fault('noEntity', `The ${kind} with name ${name} cannot be found.`);
}

/** Sorted by their keys (API reference of ListUserTags). */
const tagsOf = ({ tags }: IamIdentity): XmlElement[] =>
  Object.entries(tags)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListAccountAliases(_parameters, caller) {
    caller.authorize('iam:ListAccountAliases', '*');
    return {
      AccountAliases: { member: ACCOUNT_ALIASES[caller.key.principal.accountId] },
      IsTruncated: false,
    };
  },
  GetRole: getRole,
  ListUserTags: listTags('user', 'iam:ListUserTags'),
  ListRoleTags: listTags('role', 'iam:ListRoleTags'),
};

export const iam: QueryService = {
  protocol: 'query',
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, operation]) => [name, withoutSessionTokens(operation)]),
  ),
};
