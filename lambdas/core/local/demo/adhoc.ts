/** A workgroup of Redshift Serverless: everybody logs in as the AWS identity that they are. */
import { warehouseLogins } from '../gateway/warehouse-logins.ts';
import { AT_HOME, type DemoPart, listening } from './demo.ts';
import { openDoor } from './door.ts';

export const adhoc: DemoPart = {
  keeps: [],
  async start(ground) {
    const { accountId, host, vpcId } = AT_HOME;
    const [region, name, id] = ['us-east-1', 'adhoc', '0d9eadc0-0000-4000-8000-000000000002'];
    const arn = `arn:aws:redshift-serverless:${region}:${accountId}:workgroup/${id}`;
    const verifiers = [warehouseLogins({ arn, temporary: ground.passwords, passwords: {} })];
    const gateway = await openDoor({ name, verifiers, databases: [name] }, ground);
    const workgroup = {
      accountId,
      region,
      name,
      id,
      namespace: name,
      endpoint: { host, port: gateway.port },
      database: name,
      adminUser: 'owner',
      baseCapacity: 8,
      publiclyAccessible: true,
      vpcId,
      tags: { environment: 'demo', team: 'research' },
    };
    return {
      holds: { workgroups: [workgroup] },
      lines: [listening('Redshift', `serverless, ${name} in ${region}`, gateway.port)],
      lacking: [],
      [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
    };
  },
};
