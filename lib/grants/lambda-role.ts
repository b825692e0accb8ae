import { type IRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A function's own lines, and its traces where the settings ask for them. X-Ray knows no resources to narrow down to. */
export function watching(logGroup: ILogGroup, tracing: boolean): PolicyStatement[] {
  const logs = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const traces = new PolicyStatement({
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
  });
  return tracing ? [logs, traces] : [logs];
}

/** May do what stands here and nothing else: constructs that would add to it cannot. */
export function lambdaRole(scope: Construct, statements: PolicyStatement[]): IRole {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  // Below the role, so that whatever waits for the role waits for what it may do.
  new Policy(role, 'Policy', { statements, roles: [role] });
  return role.withoutPolicyUpdates();
}
