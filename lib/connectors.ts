/**
 * A connector for each network of the settings: a function inside that VPC which opens databases, and can do nothing else.
 * It needs no NAT gateway and no endpoint, for it calls nothing of AWS: names are answered by the VPC's own resolver, which
 * no security group filters, and its log lines leave by Lambda itself.
 */
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { type ISecurityGroup, type IVpc, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ENGINES } from '#contract/engines.ts';
import { acknowledge } from './acknowledge.ts';
import { FUNCTION, functionLogs, ROOT } from './functions.ts';
import { connectorRole } from './grants/connectors.ts';
import type { Settings } from './settings.ts';
import { tenancy } from './tenancy.ts';

type Network = Settings['networks'][number];

export interface Connector {
  readonly network: Network;
  readonly made: NodejsFunction;
  /** What the security groups of databases let in. */
  readonly securityGroupId: string;
}

/** Those of the query function, for whose statements it works. */
const MEMORY = 1769;
const SECONDS = 900;

/** Where the engines of the contract listen unless somebody chose otherwise. */
const DATABASE_PORTS = Object.values(ENGINES).flatMap(({ defaultPort, tlsPorts }) => [
  ...(defaultPort ? [defaultPort] : []),
  ...Object.values(tlsPorts ?? {}),
]);

/** Builds them all. */
export function connectors(scope: Construct, settings: Settings): Connector[] {
  if (settings.networks.length === 0) return [];
  const within = new Construct(scope, 'Connectors');
  return settings.networks.map((network) => connector(new Construct(within, network.name), network, settings));
}

function connector(scope: Construct, network: Network, settings: Settings): Connector {
  const { name, vpcId, subnetIds } = network;
  const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId,
    isolatedSubnetIds: [...subnetIds],
    // CDK wants a zone for each subnet; no resource here is given it.
    availabilityZones: network.availabilityZones ?? subnetIds.map((id) => `zone of ${id}`),
  });
  const logGroup = functionLogs(scope, settings);
  const securityGroup = groupOf(scope, network, vpc);
  // It holds a database's password and rows, and its callers name their own tenant.
  const { id, props } = tenancy(settings);
  const made = new NodejsFunction(scope, id, {
    ...FUNCTION,
    ...props,
    description: `Lodge's connector of the network ${name}`,
    entry: join(ROOT, 'lambdas', 'connector', 'handler.ts'),
    memorySize: MEMORY,
    timeout: Duration.seconds(SECONDS),
    environment: { NODE_OPTIONS: '--enable-source-maps' },
    role: connectorRole(scope, logGroup),
    logGroup,
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [securityGroup],
  });
  acceptRules(scope);
  return { network, made, securityGroupId: securityGroup.securityGroupId };
}

/** The group given, or one that lets nothing in, and out to the ports of databases only. */
function groupOf(scope: Construct, { name, securityGroupId, ports }: Network, vpc: IVpc): ISecurityGroup {
  if (securityGroupId)
    return SecurityGroup.fromSecurityGroupId(scope, 'SecurityGroup', securityGroupId, { mutable: false });
  const made = new SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: `Connector of Lodge in the network ${name}: out to databases, nothing in`,
    allowAllOutbound: false,
  });
  for (const port of new Set([...DATABASE_PORTS, ...ports]))
    made.addEgressRule(Peer.anyIpv4(), Port.tcp(port), 'Databases');
  return made;
}

function acceptRules(scope: Construct): void {
  acknowledge(scope, {
    'Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId': 'Nothing here looks at the routes of the subnets.',
    'AwsSolutions-IAM5[Resource::*]':
      'Lambda makes network interfaces with this role, by actions that know no resources; the code is denied them.',
    'Serverless-LambdaDLQ': 'A function calls it and waits: no event is left behind that a queue could keep.',
    'Serverless-LambdaTracing': 'X-Ray would be one more permission; what it did stands in the trace of its caller.',
  });
}
