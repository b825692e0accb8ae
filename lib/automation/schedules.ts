/** The group of the instance's schedules, and the role with which they start its machine. */
import { RemovalPolicy } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { schedulerRole } from '../grants/automation.ts';

export interface Schedules {
  /** The name of the group. All its schedules go with it. */
  readonly group: string;
  readonly role: IRole;
}

export function schedules(parent: Construct, machine: StateMachine): Schedules {
  const scope = new Construct(parent, 'Schedules');
  // What outlived the machine would go on, and start nothing.
  const made = new ScheduleGroup(scope, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
  const { scheduleGroupName: group, scheduleGroupArn: groupArn } = made;
  return { group, role: schedulerRole(scope, { machine, groupArn }) };
}
