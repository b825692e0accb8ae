/** An RDS proxy in front of the shop: the same database behind a door of its own, whose tokens are for the proxy. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { rdsTokens } from '../gateway/rds-token.ts';
import { AT_HOME, type DemoPart, listening } from './demo.ts';
import { openDoor } from './door.ts';
import { VPCS } from './networks.ts';

export const shopProxy: DemoPart = {
  keeps: [],
  async start(ground) {
    const { accountId, host } = AT_HOME;
    const { vpcId } = VPCS.private;
    const audience = { accountId, host, region: 'eu-central-1', resourceId: 'prx-0d9e5409000000001' };
    const verifiers = [rdsTokens(audience, ground.registry)];
    const gateway = await openDoor({ name: 'shop-proxy', verifiers, databases: ['shop'] }, ground);
    const { region, resourceId } = audience;
    const proxy = {
      accountId,
      region,
      name: 'shop-proxy',
      resourceId,
      engineFamily: 'POSTGRESQL',
      iamLogin: 'ENABLED',
      endpoint: { host, port: gateway.port },
      vpcId,
      tags: { environment: 'demo', team: 'store', [IAM_USER_TAG]: 'app_iam' },
    } as const;
    return {
      holds: { proxies: [proxy] },
      lines: [listening('RDS proxy', 'shop-proxy in eu-central-1', gateway.port)],
      lacking: [],
      [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
    };
  },
};
