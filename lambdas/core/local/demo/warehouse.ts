/** A provisioned cluster of Redshift: PostgreSQL on the wire, with Redshift's ways to log in. */
import { derivePassword } from '../account/seed.ts';
import { warehouseLogins } from '../gateway/warehouse-logins.ts';
import { AT_HOME, type DemoPart, listening } from './demo.ts';
import { openDoor } from './door.ts';
import { managedSecret } from './managed-secret.ts';

const OWNER = 'warehouse_owner';
const READER = 'analyst';

export const warehouse: DemoPart = {
  keeps: [],
  async start(ground) {
    const { accountId, host, vpcId } = AT_HOME;
    const [region, identifier] = ['eu-central-1', 'warehouse'];
    const passwords = Object.fromEntries([OWNER, READER].map((user) => [user, derivePassword(ground.seed, user)]));
    const arn = `arn:aws:redshift:${region}:${accountId}:cluster:${identifier}`;
    const verifiers = [warehouseLogins({ arn, temporary: ground.passwords, passwords })];
    const gateway = await openDoor({ name: identifier, verifiers, databases: [identifier] }, ground);
    const secret = managedSecret({
      name: `redshift!${identifier}-${OWNER}`,
      region,
      user: OWNER,
      password: passwords[OWNER] ?? '',
    });
    const cluster = {
      accountId,
      region,
      identifier,
      endpoint: { host, port: gateway.port },
      database: identifier,
      masterUser: OWNER,
      nodeType: 'ra3.xlplus',
      nodes: 2,
      publiclyAccessible: true,
      secretArn: secret.arn,
      vpcId,
      tags: { environment: 'demo', team: 'finance' },
    };
    return {
      holds: { redshiftClusters: [cluster], secrets: [secret] },
      lines: [
        listening('Redshift', `${identifier} in ${region}`, gateway.port),
        `  database user with a password: ${READER} / ${passwords[READER]}`,
        `  database user with a managed secret: ${OWNER}`,
      ],
      lacking: [],
      [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
    };
  },
};
