/** How a database is reached: from the function itself, through the connector of a network, or not at all. */
import { type Reach, type Resource, SERVICES, type Service } from '#contract/resources.ts';
import type { Network } from './network.ts';
import type { Networks } from './networks.ts';

/** Their endpoints are public: AWS services, and Aurora DSQL's clusters. */
const PUBLIC_SERVICES: readonly Service[] = ['dynamodb', 'dsql'];

const DIRECT: Reach = { way: 'direct' };

/**
 * The connector in the database's own VPC comes before its public endpoint: whoever made a network of that VPC wants to go
 * through it, and a function outside has no address that a security group could name. A network that names regions serves
 * what stands in their other VPCs. `none` does not forbid to try.
 */
export function reachOf(resource: Resource, networks: Networks | undefined): Reach {
  if (!networks || PUBLIC_SERVICES.includes(resource.service)) return DIRECT;
  const own = networks.list.find((network) => isHome(network, resource));
  if (own) return through(own);
  if (resource.publiclyAccessible) return DIRECT;
  const peered = networks.list.find(({ regions }) => regions?.includes(resource.region));
  return peered ? through(peered) : unreached(resource, networks.region);
}

const through = ({ name }: Network): Reach => ({ way: 'connector', network: name });

/** A subnet tells the VPC too, where a service names only that (DocumentDB elastic clusters). */
const isHome = (network: Network, { vpcId, subnetIds = [] }: Resource): boolean =>
  network.vpcId === vpcId || subnetIds.some((id) => network.subnetIds.includes(id));

function unreached(resource: Resource, home: string): Reach {
  const { name, region, vpcId } = resource;
  if (region !== home)
    return {
      way: 'none',
      reason:
        `${name} is private in ${region}, and no network of this instance in ${home} says that it reaches there. ` +
        'A VPC that does, by peering or a transit gateway, makes a network:',
      settings: linesOf({
        name: region,
        vpcId: `a VPC of ${home} that reaches ${vpcId ?? region}`,
        subnetIds: ['its subnets'],
        regions: [region],
      }),
    };
  if (!vpcId) return unknownVpc(resource);
  const subnetIds = resource.subnetIds?.length ? resource.subnetIds : [`the subnets of ${vpcId}`];
  return {
    way: 'none',
    reason: `${name} is private to ${vpcId}, where no network of this instance stands. This would make one:`,
    settings: linesOf({ name: vpcId, vpcId, subnetIds }),
  };
}

/** What tells the VPC, or the subnets, where the list of a service does not. */
const TELLS_VPC: Partial<Record<Service, string>> = {
  aurora: 'rds:DescribeDBSubnetGroups',
  documentdb: 'rds:DescribeDBSubnetGroups',
  'documentdb-elastic': 'docdb-elastic:GetCluster',
};

/** Elastic clusters of DocumentDB say their subnets only: one of them makes a network that is known to be theirs. */
function unknownVpc({ name, service, subnetIds = [] }: Resource): Reach {
  if (subnetIds.length === 0) {
    const action = TELLS_VPC[service] ?? SERVICES[service].actions[0];
    return {
      way: 'none',
      reason: `${name} is private, and its VPC is not known: your keys may not be allowed ${action}.`,
    };
  }
  const settings = linesOf({ name, vpcId: `the VPC of ${subnetIds[0]}`, subnetIds });
  return {
    way: 'none',
    reason: `${name} is private to ${subnetIds.join(', ')}, and no network of this instance stands in one of them. This would make one:`,
    settings,
  };
}

/** Three lines for the context key `lodge` of cdk.json. */
const linesOf = (network: object): string =>
  ['"networks": [', `  ${JSON.stringify(network, null, 1).replace(/\n\s*/g, ' ')}`, ']'].join('\n');
