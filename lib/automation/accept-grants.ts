/** What cdk-nag says of the wildcards that automation takes, accepted one by one. */
import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { RESULTS_FOLDER } from '#contract/automations.ts';
import { MAPS_FOLDER } from '#core/automation/map-machine.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';
import type { Automation } from './automation.ts';
import type { Results } from './results.ts';

/** A rule as cdk-nag names it for one resource of a policy, whose references stand in angle brackets. */
const wildcard = (resource: string): string => `AwsSolutions-IAM5[Resource::${resource}]`;
const IN_ACCOUNT = '<AWS::Region>:<AWS::AccountId>';

const idOf = (construct: IConstruct): string =>
  Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);
const executionsOf = (machine: StateMachine, rest: string): string =>
  wildcard(`arn:<AWS::Partition>:states:${IN_ACCOUNT}:execution:<${idOf(machine)}.Name>${rest}`);
const objectsOf = ({ bucket }: Results, folder: string): string => wildcard(`<${idOf(bucket)}.Arn>/${folder}*`);

export function acceptRunner(scope: IConstruct, { results, settings }: { results: Results; settings: Settings }): void {
  const roles = settings.automationRoles ?? ['arn:<AWS::Partition>:iam::<AWS::AccountId>:role/lodge-*'];
  const taken = 'A run takes on a role of this pattern that trusts it, with the external id of the instance alone.';
  acknowledge(scope, {
    [wildcard('*')]:
      'A callback goes to whichever machine handed over a token: the actions for it, as those of X-Ray, know no resources.',
    [objectsOf(results, RESULTS_FOLDER)]: 'It writes the result of any run, and reads none.',
    ...Object.fromEntries(roles.filter((role) => role.includes('*')).map((role) => [wildcard(role), taken])),
  });
}

export function acceptMachine(scope: IConstruct): void {
  acknowledge(scope, {
    [wildcard('*')]:
      "Step Functions delivers an execution's log by actions that know no resources; X-Ray has none either.",
  });
}

export function acceptMapMachine(
  scope: IConstruct,
  { machine, results }: { machine: StateMachine; results: Results },
): void {
  acceptMachine(scope);
  acknowledge(scope, {
    [objectsOf(results, RESULTS_FOLDER)]: 'Any result may be the items of a map.',
    [objectsOf(results, MAPS_FOLDER)]: 'Each map leaves what came of its runs below a name of its own.',
    [executionsOf(machine, '/*')]:
      'A map watches and ends the executions of its own runs, whose names Step Functions makes up.',
  });
}

/** Of the function behind the API that keeps automations. */
export function acceptKeeper(scope: IConstruct, { machine, schedules }: Automation): void {
  acknowledge(scope, {
    [wildcard(`arn:<AWS::Partition>:scheduler:${IN_ACCOUNT}:schedule/${schedules.group}/*`)]:
      'It makes a schedule for each automation, in the one group that is for them.',
    [executionsOf(machine, ':*')]: 'It stops any run of the one machine.',
  });
}
