/** Subnet groups: each VPC that something stands in has one, with two subnets. */
import { Fault } from './fault.ts';
import { page } from './paging.ts';
import { answer, arnOf, callersArn, type Operations, type Placed, seenBy } from './rds-describe.ts';
import { filtersOf } from './rds-filters.ts';
import type { XmlElement } from './xml.ts';

interface InVpc extends Placed {
  readonly vpcId: string;
}

export const rdsSubnetGroups = (all: readonly InVpc[]): Operations => ({
  DescribeDBSubnetGroups(parameters, caller) {
    const wanted = parameters.get('DBSubnetGroupName');
    caller.authorize('rds:DescribeDBSubnetGroups', callersArn(caller, 'subgrp', wanted ?? '*'));
    filtersOf(parameters, []);
    const groups = [...new Map(seenBy(caller, all).map((each) => [each.vpcId, each])).values()];
    const found = wanted === undefined ? groups : groups.filter((each) => groupOf(each) === wanted.toLowerCase());
    if (wanted !== undefined && found.length === 0) {
      throw new Fault('noSubnetGroup', `DB subnet group ${wanted} does not exist.`);
    }
    return answer('DBSubnetGroups', 'DBSubnetGroup', page(found, parameters), subnetGroupElement);
  },
});

/** The name of the group that stands for a VPC. */
export const groupOf = ({ vpcId }: Pick<InVpc, 'vpcId'>): string => `subnets-of-${vpcId}`.toLowerCase();

export const subnetGroupElement = (placed: InVpc): XmlElement => ({
  DBSubnetGroupName: groupOf(placed),
  DBSubnetGroupDescription: 'The subnets of the demo',
  VpcId: placed.vpcId,
  SubnetGroupStatus: 'Complete',
  Subnets: {
    Subnet: ['a', 'b'].map((zone) => ({
      SubnetIdentifier: subnetOf(placed.vpcId, zone),
      SubnetAvailabilityZone: { Name: `${placed.region}${zone}` },
      SubnetStatus: 'Active',
    })),
  },
  DBSubnetGroupArn: arnOf(placed, 'subgrp', groupOf(placed)),
});

/** The subnet of a VPC in one of its zones. */
export const subnetOf = (vpcId: string, zone: string): string => `${vpcId.replace(/^vpc/, 'subnet')}${zone}`;
