/** An online shop and a million events, in PostgreSQL. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { type DemoPart, listening, loginLines } from './demo.ts';
import { startPostgresInstance } from './postgres-instance.ts';

export const shop: DemoPart = {
  keeps: [],
  async start(ground) {
    const { instance, [Symbol.asyncDispose]: dispose } = await startPostgresInstance(
      {
        region: 'eu-central-1',
        identifier: 'shop',
        resourceId: 'db-LODGEDEMOSHOP0000000000000',
        database: 'shop',
        tags: { environment: 'demo', team: 'store', [IAM_USER_TAG]: 'app_iam' },
      },
      ground,
    );
    const { passwords } = await ground.postgres;
    return {
      holds: { instances: [instance] },
      lines: [
        listening('PostgreSQL', 'shop in eu-central-1', instance.port),
        ...loginLines(['app_iam', 'analyst_iam'], passwords),
      ],
      lacking: [],
      [Symbol.asyncDispose]: dispose,
    };
  },
};
