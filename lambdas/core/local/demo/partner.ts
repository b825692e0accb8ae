/** A database of another account: it is seen and opened by whoever takes on that account's role. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { FOREIGN_ACCOUNT_ID } from '../account/principals.ts';
import { ROLES, roleArn } from '../account/roles.ts';
import { type DemoPart, listening } from './demo.ts';
import { startPostgresInstance } from './postgres-instance.ts';

export const partner: DemoPart = {
  keeps: [],
  async start(ground) {
    const { instance, [Symbol.asyncDispose]: dispose } = await startPostgresInstance(
      {
        accountId: FOREIGN_ACCOUNT_ID,
        region: 'eu-central-1',
        identifier: 'partner',
        resourceId: 'db-LODGEDEMOPARTNER0000000000',
        database: 'partner',
        tags: { team: 'partner', [IAM_USER_TAG]: 'analyst_iam' },
      },
      ground,
    );
    const { partner: role } = ROLES;
    return {
      holds: { instances: [instance] },
      lines: [
        listening('PostgreSQL', `partner in eu-central-1 of account ${FOREIGN_ACCOUNT_ID}`, instance.port),
        `  take on ${roleArn(role)} with the external id ${role.externalId}`,
      ],
      lacking: [],
      [Symbol.asyncDispose]: dispose,
    };
  },
};
