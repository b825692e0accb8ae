/** What runs of automations take: the function that does them, the machines that call it, and what starts those. */
import { Aws } from 'aws-cdk-lib';
import { type IRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ENV } from '#core/env.ts';
import { externalId } from '../automation/external-id.ts';
import type { Results } from '../automation/results.ts';
import type { Schedules } from '../automation/schedules.ts';
import type { Settings } from '../settings.ts';
import { calling } from './connectors.ts';
import type { Grant } from './functions.ts';
import { resultsWrite } from './results.ts';

const ofAccount = (service: string, rest: string): string =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;

/** Its executions; Step Functions knows them by the name of the machine. */
const executionsOf = ({ stateMachineName }: StateMachine): string =>
  ofAccount('states', `execution:${stateMachineName}:*`);

/** Starts executions of the one machine, and stops them. */
export const machineUse = (machine: StateMachine): PolicyStatement[] => [
  new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
  new PolicyStatement({
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    resources: [executionsOf(machine)],
  }),
];

/** Schedules of the one group, which start the machine with the role that is meant for it and with no other. */
export const schedulesUse = ({ group, role }: Schedules): PolicyStatement[] => [
  new PolicyStatement({
    actions: [
      'scheduler:CreateSchedule',
      'scheduler:GetSchedule',
      'scheduler:UpdateSchedule',
      'scheduler:DeleteSchedule',
    ],
    resources: [ofAccount('scheduler', `schedule/${group}/*`)],
  }),
  new PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [role.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  }),
];

/** The roles that a run may take on, as far as IAM says; which of them, the instance's own settings do. */
const rolesOf = ({ automationRoles }: Settings): string[] =>
  automationRoles ?? [`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/lodge-*`];

/** What the function that runs scripts may do beside reading what it runs. */
export const runsScripts = (settings: Settings, results: Results): Grant => ({
  statements: [
    ...resultsWrite(results),
    new PolicyStatement({
      actions: ['sts:AssumeRole'],
      resources: rolesOf(settings),
      conditions: { StringEquals: { 'sts:ExternalId': externalId() } },
    }),
    // A token is all that says which task is answered: these actions know no resources (Service Authorization Reference).
    new PolicyStatement({
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
      resources: ['*'],
    }),
  ],
  environment: { [ENV.resultsBucket]: results.bucket.bucketName, [ENV.externalId]: externalId() },
});

/** A run goes on in another call of the same function: said once that is there, for it takes its ARN. */
export const allowItself = (scope: Construct, { functionArn, role }: { functionArn: string; role: IRole }): void => {
  new Policy(scope, 'Itself', { statements: [calling(functionArn)], roles: [role] });
};

/** Step Functions delivers an execution's log itself, by actions that know no resources (Developer Guide, "Logging"). */
const DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
const TRACES = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

interface MachineUse {
  readonly runnerArn: string;
  readonly topicArn: string | undefined;
  readonly besides?: readonly PolicyStatement[];
  readonly settings: Settings;
}

/** A machine calls the one function, tells the one topic, and writes its log. */
export function machineRole(scope: Construct, { runnerArn, topicArn, besides = [], settings }: MachineUse): IRole {
  const statements = [
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [runnerArn] }),
    ...(topicArn ? [new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] })] : []),
    ...besides,
    new PolicyStatement({ actions: settings.tracing ? [...DELIVERY, ...TRACES] : DELIVERY, resources: ['*'] }),
  ];
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  new Policy(role, 'Policy', { statements, roles: [role] });
  return role.withoutPolicyUpdates();
}

/** A map starts executions of the machine that it stands in: said once the machine is there, for it needs its name. */
export const allowChildren = (scope: Construct, { machine, role }: { machine: StateMachine; role: IRole }): void => {
  const executions = new PolicyStatement({
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    resources: [ofAccount('states', `execution:${machine.stateMachineName}/*`)],
  });
  const start = new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] });
  new Policy(scope, 'Children', { statements: [start, executions], roles: [role] });
};

/** With which schedules of the one group start the machine (Scheduler User Guide, "Confused deputy prevention"). */
export function schedulerRole(
  scope: Construct,
  { machine, groupArn }: { machine: StateMachine; groupArn: string },
): IRole {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': groupArn } },
    }),
  });
  const start = new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] });
  new Policy(role, 'Policy', { statements: [start], roles: [role] });
  return role.withoutPolicyUpdates();
}
