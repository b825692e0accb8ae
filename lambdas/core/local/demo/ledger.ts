/** In a VPC that no network of this instance enters: nothing listens at its port. */
import { freePort } from '../listen.ts';
import { AT_HOME, type DemoPart } from './demo.ts';
import { VPCS } from './networks.ts';

export const ledger: DemoPart = {
  keeps: [],
  async start() {
    const instance = {
      ...AT_HOME,
      port: await freePort(),
      region: 'eu-central-1',
      identifier: 'ledger',
      resourceId: 'db-LODGEDEMOLEDGER00000000000',
      engine: 'postgres',
      engineVersion: '18.4',
      masterUser: 'postgres',
      database: 'ledger',
      iamLogin: false,
      publiclyAccessible: false,
      vpcId: VPCS.finance.vpcId,
      tags: { environment: 'production', team: 'finance' },
    };
    return { holds: { instances: [instance] }, lines: [], lacking: [], async [Symbol.asyncDispose]() {} };
  },
};
