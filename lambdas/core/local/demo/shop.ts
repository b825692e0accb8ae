/** An online shop and a million events, in PostgreSQL; its main user's password is managed in a secret. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { type DemoPart, listening, loginLines } from './demo.ts';
import { managedSecret } from './managed-secret.ts';
import { startPostgresInstance } from './postgres-instance.ts';

const OWNER = 'shop_owner';

export const shop: DemoPart = {
  keeps: [],
  async start(ground) {
    const { passwords, managed } = await ground.postgres;
    const region = 'eu-central-1';
    const secret = managedSecret({
      name: 'rds!db-0d9e5409-0000-4000-8000-000000000001',
      region,
      user: OWNER,
      password: managed[OWNER] ?? '',
    });
    const { instance, [Symbol.asyncDispose]: dispose } = await startPostgresInstance(
      {
        region,
        identifier: 'shop',
        resourceId: 'db-LODGEDEMOSHOP0000000000000',
        database: 'shop',
        masterUser: OWNER,
        secretArn: secret.arn,
        tags: { environment: 'demo', team: 'store', [IAM_USER_TAG]: 'app_iam' },
      },
      ground,
    );
    return {
      holds: { instances: [instance], secrets: [secret] },
      lines: [
        listening('PostgreSQL', 'shop in eu-central-1', instance.port),
        ...loginLines(['app_iam', 'analyst_iam'], passwords),
        `  database user with a managed secret: ${OWNER}`,
      ],
      lacking: [],
      [Symbol.asyncDispose]: dispose,
    };
  },
};
