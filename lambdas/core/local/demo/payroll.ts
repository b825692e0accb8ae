/** People and what they earn, in a VPC that only the connector enters. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { type DemoPart, listening } from './demo.ts';
import { VPCS } from './networks.ts';
import { startPostgresInstance } from './postgres-instance.ts';

export const payroll: DemoPart = {
  keeps: [],
  async start(ground) {
    const { instance, [Symbol.asyncDispose]: dispose } = await startPostgresInstance(
      {
        region: 'eu-central-1',
        identifier: 'payroll',
        resourceId: 'db-LODGEDEMOPAYROLL0000000000',
        database: 'payroll',
        publiclyAccessible: false,
        vpcId: VPCS.private.vpcId,
        tags: { environment: 'demo', team: 'people', [IAM_USER_TAG]: 'app_iam' },
      },
      ground,
    );
    return {
      holds: { instances: [instance] },
      lines: [listening('PostgreSQL', 'payroll in eu-central-1, private, through the connector', instance.port)],
      lacking: [],
      [Symbol.asyncDispose]: dispose,
    };
  },
};
