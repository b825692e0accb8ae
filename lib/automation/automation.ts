/** All that runs scripts without anybody at a browser: a function, machines, schedules, and a topic that tells of them. */
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Ground } from '../grants/functions.ts';
import { machines } from './machines.ts';
import { notices } from './notices.ts';
import { type RunFunction, runEnder, runner } from './run-functions.ts';
import { type Schedules, schedules } from './schedules.ts';

export interface Automation {
  readonly runner: RunFunction;
  readonly ender: NodejsFunction;
  /** One run an execution: what schedules start, and "run now". */
  readonly machine: StateMachine;
  readonly mapMachine: StateMachine;
  readonly schedules: Schedules;
}

export function automation(parent: Construct, ground: Ground): Automation {
  const scope = new Construct(parent, 'Automation');
  const made = runner(scope, ground);
  const { one, many } = machines(scope, {
    runnerArn: made.made.functionArn,
    topicArn: notices(scope, ground.settings),
    results: ground.results,
    settings: ground.settings,
  });
  return {
    runner: made,
    ender: runEnder(scope, ground),
    machine: one,
    mapMachine: many,
    schedules: schedules(scope, one),
  };
}
