/** The roles that may be taken on in the local account and in the other one, and whom they trust. */
import type { Statement } from './policy.ts';
import { ACCOUNT_ID, EXTERNAL_ID, FOREIGN_ACCOUNT_ID, type Principal } from './principals.ts';

export interface Role {
  readonly accountId: string;
  readonly name: string;
  /** `AROA…` */
  readonly roleId: string;
  /** Who may take it on: an account (`arn:aws:iam::ID:root`), or one identity. */
  readonly trusts: readonly string[];
  /** Demanded of whoever takes it on. */
  readonly externalId?: string;
  /** Its longest session. */
  readonly maxSeconds: number;
  readonly allows: readonly Statement[];
}

const HOUR = 3_600;

export const ROLES = {
  /** Opens the other account's databases to everybody in this one who is allowed to take it on and knows the external id. */
  partner: {
    accountId: FOREIGN_ACCOUNT_ID,
    name: 'LodgeDatabases',
    roleId: 'AROALODGEDEMOPARTNER0',
    trusts: [`arn:aws:iam::${ACCOUNT_ID}:root`],
    externalId: 'lodge-demo',
    maxSeconds: HOUR,
    allows: [
      { actions: ['rds:Describe*', 'dynamodb:ListTables'], resources: ['*'] },
      {
        actions: ['rds-db:connect'],
        resources: [`arn:aws:rds-db:*:${FOREIGN_ACCOUNT_ID}:dbuser:*/analyst_iam`],
      },
    ],
  },
  /** Of this account: trusts one person only, whatever their own policy says. */
  auditor: {
    accountId: ACCOUNT_ID,
    name: 'Auditor',
    roleId: 'AROALODGEDEMOAUDITOR0',
    trusts: [`arn:aws:iam::${ACCOUNT_ID}:user/ben`],
    maxSeconds: 12 * HOUR,
    allows: [{ actions: ['rds:Describe*'], resources: ['*'] }],
  },
  /** Of automations: finds databases, reads tables, and logs in by IAM. Lodge's function of runs alone takes it on. */
  nightly: {
    accountId: ACCOUNT_ID,
    name: 'lodge-nightly',
    roleId: 'AROALODGEDEMONIGHTLY0',
    trusts: [`arn:aws:iam::${ACCOUNT_ID}:user/lodge-service`],
    externalId: EXTERNAL_ID,
    maxSeconds: HOUR,
    allows: [
      {
        actions: ['rds:Describe*', 'rds:ListTagsForResource', 'dynamodb:List*', 'dynamodb:Describe*'],
        resources: ['*'],
      },
      { actions: ['dynamodb:PartiQLSelect'], resources: [`arn:aws:dynamodb:*:${ACCOUNT_ID}:table/shop-*`] },
      {
        actions: ['rds-db:connect'],
        resources: ['analyst_iam', 'app_iam'].map((name) => `arn:aws:rds-db:*:${ACCOUNT_ID}:dbuser:*/${name}`),
      },
    ],
  },
} as const satisfies Record<string, Role>;

export type RoleName = keyof typeof ROLES;

export const roleArn = ({ accountId, name }: Pick<Role, 'accountId' | 'name'>): string =>
  `arn:aws:iam::${accountId}:role/${name}`;

/** Whoever has taken it on. */
export const roleSession = ({ accountId, name, roleId, allows }: Role, session: string): Principal => ({
  arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`,
  accountId,
  userId: `${roleId}:${session}`,
  kind: 'role',
  allows,
});
