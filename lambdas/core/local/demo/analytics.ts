/** How a web site is used, day by day: PostgreSQL in another region, with the shop's users. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { type DemoPart, listening } from './demo.ts';
import { startPostgresInstance } from './postgres-instance.ts';

export const analytics: DemoPart = {
  keeps: [],
  async start(ground) {
    const { instance, [Symbol.asyncDispose]: dispose } = await startPostgresInstance(
      {
        region: 'us-east-1',
        identifier: 'analytics',
        resourceId: 'db-LODGEDEMOANALYTICS00000000',
        database: 'analytics',
        tags: { environment: 'demo', team: 'web', [IAM_USER_TAG]: 'app_iam' },
      },
      ground,
    );
    return {
      holds: { instances: [instance] },
      lines: [listening('PostgreSQL', 'analytics in us-east-1, with the same users', instance.port)],
      lacking: [],
      [Symbol.asyncDispose]: dispose,
    };
  },
};
