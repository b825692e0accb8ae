/** The machines, from their definitions in `core/automation/`; one that is not valid ends the synthesis. */
import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { mapMachine } from '#core/automation/map-machine.ts';
import { runMachine } from '#core/automation/run-machine.ts';
import type { StateMachine as Definition, Places } from '#core/automation/states-language.ts';
import { acknowledge } from '../acknowledge.ts';
import { allowChildren, machineRole } from '../grants/automation.ts';
import { mapsUse } from '../grants/results.ts';
import type { Settings } from '../settings.ts';
import { acceptMachine, acceptMapMachine } from './accept-grants.ts';
import type { Results } from './results.ts';
import { definitionErrors } from './valid-definition.ts';

interface Ground {
  readonly runnerArn: string;
  readonly topicArn: string | undefined;
  readonly results: Results;
  readonly settings: Settings;
}

export interface Machines {
  /** One run an execution. */
  readonly one: StateMachine;
  /** Many runs an execution. */
  readonly many: StateMachine;
}

export function machines(parent: Construct, ground: Ground): Machines {
  const one = new Construct(parent, 'Machine');
  const many = new Construct(parent, 'MapMachine');
  const roleOfOne = machineRole(one, ground);
  const roleOfMany = machineRole(many, { ...ground, besides: mapsUse(ground.results) });
  const made = {
    one: machine(one, { define: runMachine, role: roleOfOne, ground }),
    many: machine(many, { define: mapMachine, role: roleOfMany, ground }),
  };
  acceptMachine(one);
  acceptMapMachine(many, { machine: made.many, results: ground.results });
  allowChildren(many, { machine: made.many, role: roleOfMany });
  return made;
}

interface Asked {
  readonly define: (places: Places) => Definition;
  readonly role: ReturnType<typeof machineRole>;
  readonly ground: Ground;
}

function machine(scope: Construct, { define, role, ground }: Asked): StateMachine {
  const { runnerArn: runner, topicArn: topic, results, settings } = ground;
  const stack = Stack.of(scope);
  scope.node.addValidation({ validate: () => definitionErrors(define, { tells: topic !== undefined }) });
  const places = { partition: Aws.PARTITION, runner, topic, bucket: results.bucket.bucketName };
  const made = new StateMachine(scope, 'Machine', {
    definitionBody: DefinitionBody.fromString(stack.toJsonString(define(places))),
    role,
    // Of its states alone, never of their data. The name keeps the policy of the log service short (Developer Guide, "Logging").
    logs: {
      destination: new LogGroup(scope, 'Logs', {
        logGroupName: `/aws/vendedlogs/states/${stack.stackName}-${scope.node.id}`,
        retention: settings.logDays,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      level: LogLevel.ALL,
      includeExecutionData: false,
    },
    tracingEnabled: settings.tracing,
  });
  if (!settings.tracing)
    acknowledge(scope, {
      'AwsSolutions-SF2': 'Traces are a setting: each costs money, and runs have a history.',
      'Serverless-StepFunctionStateMachineXray': 'Traces are a setting: each costs money, and runs have a history.',
    });
  return made;
}
