import { Aws } from 'aws-cdk-lib';
import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV } from '#core/env.ts';
import type { Network } from '#core/networks/network.ts';
import type { Connector } from '../connectors.ts';
import { lambdaRole, watching } from './lambda-role.ts';

/** Said also where there are none: a function in AWS reaches private databases in no other way. */
export const networksTold = (connectors: readonly Connector[]): Readonly<Record<string, string>> => ({
  [ENV.networks]: JSON.stringify(
    connectors.map(({ network: { name, vpcId, subnetIds, regions }, made }): Network => {
      return { name, vpcId, subnetIds, ...(regions && { regions }), connector: made.functionName };
    }),
  ),
});

/** `InvokeWithResponseStream` is permitted by this action too (Service Authorization Reference, AWS Lambda). */
export const calling = (functionArn: string): PolicyStatement =>
  new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] });

/**
 * Lambda makes a function's network interfaces with the function's own role: these actions are the ones that it asks for
 * (Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"), and most know no resources.
 */
const INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * For a connector: its log, its network interfaces, and nothing else. What is meant for Lambda is denied to the code: a
 * call that a function makes carries `lambda:SourceFunctionArn`, and one that Lambda makes for it does not (the same page).
 */
export const connectorRole = (scope: Construct, logGroup: ILogGroup): IRole =>
  lambdaRole(scope, [
    ...watching(logGroup, false),
    new PolicyStatement({ actions: INTERFACES, resources: ['*'] }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions: [...INTERFACES, 'ec2:DetachNetworkInterface'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'lambda:SourceFunctionArn': `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:*`,
        },
      },
    }),
  ]);
