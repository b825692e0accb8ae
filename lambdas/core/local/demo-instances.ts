/** The database instances that the local account lists: those that run, and one that nobody can reach from here. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { ACCOUNT_ID } from './account/principals.ts';
import type { RdsInstance } from './aws/rds.ts';
import { BOOKINGS_DATABASE } from './mariadb/start-bookings.ts';

type Made = Omit<RdsInstance, 'host' | 'port'>;

const common = {
  accountId: ACCOUNT_ID,
  engine: 'postgres',
  engineVersion: '18.4',
  masterUser: 'postgres',
} as const;

/** Each is a gateway in front of the one server, with a database of its own. */
export const RUNNING = [
  {
    ...common,
    region: 'eu-central-1',
    identifier: 'shop',
    resourceId: 'db-LODGEDEMOSHOP0000000000000',
    database: 'shop',
    iamLogin: true,
    publiclyAccessible: true,
    vpcId: 'vpc-0lodgedemo0public',
    tags: { environment: 'demo', team: 'store', [IAM_USER_TAG]: 'app_iam' },
  },
  {
    ...common,
    region: 'us-east-1',
    identifier: 'analytics',
    resourceId: 'db-LODGEDEMOANALYTICS00000000',
    database: 'analytics',
    iamLogin: true,
    publiclyAccessible: true,
    vpcId: 'vpc-0lodgedemo0public',
    tags: { environment: 'demo', team: 'web', [IAM_USER_TAG]: 'app_iam' },
  },
] as const satisfies readonly Made[];

/** Listed where MariaDB runs; its version is that of the server. */
export const BOOKINGS: Omit<Made, 'engineVersion'> = {
  accountId: ACCOUNT_ID,
  engine: 'mariadb',
  masterUser: 'lodge_admin',
  region: 'eu-central-1',
  identifier: 'bookings',
  resourceId: 'db-LODGEDEMOBOOKINGS000000000',
  database: BOOKINGS_DATABASE,
  iamLogin: true,
  publiclyAccessible: true,
  vpcId: 'vpc-0lodgedemo0public',
  tags: { environment: 'demo', team: 'hotels', [IAM_USER_TAG]: 'app_iam' },
};

/** In a VPC without a way in: nothing listens at its port. */
export const UNREACHABLE: Made = {
  ...common,
  region: 'eu-central-1',
  identifier: 'ledger',
  resourceId: 'db-LODGEDEMOLEDGER00000000000',
  database: 'ledger',
  iamLogin: false,
  publiclyAccessible: false,
  vpcId: 'vpc-0lodgedemo0private',
  tags: { environment: 'production', team: 'finance' },
};
