/** A cluster of RDS or DocumentDB names its subnet group; only the group names its VPC. */
import type { Scope } from '../../ports/discovery.ts';
import { allOf } from './calls.ts';

export interface SubnetGroup {
  readonly vpcId: string | undefined;
  readonly subnetIds: string[];
}

/** What both clients answer with. */
interface Page {
  readonly DBSubnetGroups?:
    | readonly {
        readonly DBSubnetGroupName?: string | undefined;
        readonly VpcId?: string | undefined;
        readonly Subnets?: readonly { readonly SubnetIdentifier?: string | undefined }[] | undefined;
      }[]
    | undefined;
}

/** All of a region. Errors: AWS_DENIED (rds:DescribeDBSubnetGroups), THROTTLED, AWS_UNAVAILABLE. */
export async function subnetGroupsByName(scope: Scope, pages: AsyncIterable<Page>): Promise<Map<string, SubnetGroup>> {
  const groups = await allOf(scope, 'rds:DescribeDBSubnetGroups', pages, ({ DBSubnetGroups }) => DBSubnetGroups);
  return new Map(
    groups.map(({ DBSubnetGroupName: name = '', VpcId: vpcId, Subnets: subnets = [] }) => [
      name,
      { vpcId, subnetIds: subnets.flatMap(({ SubnetIdentifier: id }) => id ?? []) },
    ]),
  );
}
