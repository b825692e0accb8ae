/** A cluster and a workgroup of Redshift that tests speak of. */
import type { RedshiftCluster, RedshiftWorkgroup } from '#core/local/account/holdings.ts';

const common = {
  accountId: '111122223333',
  region: 'eu-central-1',
  endpoint: { host: 'localhost', port: 20_001 },
  database: 'dev',
  publiclyAccessible: true,
  vpcId: 'vpc-1',
  tags: {},
};

export const warehouse: RedshiftCluster = {
  ...common,
  identifier: 'warehouse',
  masterUser: 'owner',
  nodeType: 'ra3.xlplus',
  nodes: 2,
};
export const WAREHOUSE_ARN = 'arn:aws:redshift:eu-central-1:111122223333:cluster:warehouse';

export const workgroup: RedshiftWorkgroup = {
  ...common,
  name: 'adhoc',
  id: '0d9e0d9e-0000-4000-8000-000000000001',
  namespace: 'adhoc',
  adminUser: 'owner',
  baseCapacity: 8,
};
export const WORKGROUP_ARN = `arn:aws:redshift-serverless:eu-central-1:111122223333:workgroup/${workgroup.id}`;
