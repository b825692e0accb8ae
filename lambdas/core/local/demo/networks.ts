/** The VPCs of the demo: a public one, one that a connector serves, and one that no network reaches. */
import type { Network } from '../../networks/network.ts';
import { CONNECTOR } from '../account/principals.ts';

export const VPCS = {
  public: { vpcId: 'vpc-0lodgedemo0public', subnetIds: ['subnet-0lodgedemo0public'] },
  private: { vpcId: 'vpc-0lodgedemo0private', subnetIds: ['subnet-0lodgedemo0private'] },
  finance: { vpcId: 'vpc-0lodgedemo0finance', subnetIds: ['subnet-0lodgedemo0finance'] },
} as const;

export const NETWORKS: readonly Network[] = [
  { name: 'private', vpcId: VPCS.private.vpcId, subnetIds: [...VPCS.private.subnetIds], connector: CONNECTOR },
  // The same VPC once more: by peering it reaches those of another region.
  {
    name: 'peered',
    vpcId: VPCS.private.vpcId,
    subnetIds: [...VPCS.private.subnetIds],
    regions: ['eu-west-1'],
    connector: CONNECTOR,
  },
];
