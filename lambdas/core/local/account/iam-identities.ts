/** The users and roles of the local account, as IAM keeps them: with their paths and tags. */
import { PORTAL_ROLE, PRINCIPALS, type Principal } from './principals.ts';
import { ROLES, type Role, roleArn } from './roles.ts';

export interface IamIdentity {
  readonly kind: 'user' | 'role';
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  /** With the path. */
  readonly arn: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may take a role on. */
  readonly trust?: object;
  readonly maxSeconds?: number;
}

const userOf = ({ arn, accountId, userId, tags = {} }: Principal): IamIdentity => {
  const { path = '/', name = '' } = /:user(?<path>\/(?:.+\/)?)(?<name>[^/]+)$/.exec(arn)?.groups ?? {};
  return { kind: 'user', accountId, name, path, arn, id: userId, tags };
};

const roleOf = (role: Role): IamIdentity => ({
  kind: 'role',
  accountId: role.accountId,
  name: role.name,
  path: '/',
  arn: roleArn(role),
  id: role.roleId,
  tags: {},
  trust: trusting({ AWS: role.trusts }, 'sts:AssumeRole'),
  maxSeconds: role.maxSeconds,
});

const trusting = (principal: object, action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: action }],
});

const portalRole = (): IamIdentity => {
  const { accountId, name, path, roleId: id, tags, maxSeconds } = PORTAL_ROLE;
  const provider = `arn:aws:iam::${accountId}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE`;
  const trust = trusting({ Federated: provider }, 'sts:AssumeRoleWithSAML');
  return {
    kind: 'role',
    accountId,
    name,
    path,
    arn: `arn:aws:iam::${accountId}:role${path}${name}`,
    id,
    tags,
    trust,
    maxSeconds,
  };
};

const IDENTITIES: readonly IamIdentity[] = [
  ...Object.values<Principal>(PRINCIPALS)
    .filter(({ kind }) => kind === 'user')
    .map(userOf),
  ...Object.values<Role>(ROLES).map(roleOf),
  portalRole(),
];

/** Undefined where the account has none of that name. Names do not repeat, whatever the path. */
export const iamIdentity = (kind: 'user' | 'role', accountId: string, name: string): IamIdentity | undefined =>
  IDENTITIES.find((one) => one.kind === kind && one.accountId === accountId && one.name === name);
