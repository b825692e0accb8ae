/** In a VPC that no network of this instance enters: nothing listens at its port. */
import { reservePort } from '../reserve-port.ts';
import { AT_HOME, type DemoPart } from './demo.ts';
import { VPCS } from './networks.ts';

export const ledger: DemoPart = {
  keeps: [],
  async start() {
    const reserved = await reservePort();
    const instance = {
      ...AT_HOME,
      port: reserved.port,
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
    return {
      holds: { instances: [instance] },
      lines: [],
      lacking: [],
      async [Symbol.asyncDispose]() {
        reserved[Symbol.dispose]();
      },
    };
  },
};
