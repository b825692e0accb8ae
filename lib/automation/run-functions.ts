/** The functions of runs, which nobody calls over HTTP: the one that does a run, and the one that ends what was stopped. */
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { RecursiveLoop, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { TURN_SECONDS } from '#core/automation/parts.ts';
import { acknowledge } from '../acknowledge.ts';
import { FUNCTION, functionLogs, ROOT } from '../functions.ts';
import { allowItself, runsScripts } from '../grants/automation.ts';
import { type Ground, grantOnGround, type Identity } from '../grants/functions.ts';
import { acceptRunner } from './accept-grants.ts';

export interface RunFunction {
  readonly made: NodejsFunction;
  /** Whom the roles of automations trust. */
  readonly role: IRole;
}

const NOT_LOST = 'A run that fails stands in the history of runs, and whoever handed over a token is told.';

/** As much memory as the query function has, and the longest that Lambda lets a function run. */
export function runner(parent: Construct, ground: Ground): RunFunction {
  const scope = new Construct(parent, 'Runner');
  const logGroup = functionLogs(scope, ground.settings);
  const identity = grantOnGround(scope, {
    needs: [
      'instance.read',
      'scripts.read',
      'automations.read',
      'runs.read',
      'runs.write',
      'audit.write',
      'networks.enter',
    ],
    besides: [runsScripts(ground.settings, ground.results)],
    logGroup,
    ground,
  });
  const made = runFunction(scope, {
    ...{ name: 'run-script', memory: 1769, seconds: 900, identity, logGroup, ground },
    callsItself: true,
  });
  // Lambda would call it again by itself where it fails; a run is tried again by whoever asked for it.
  made.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(TURN_SECONDS) });
  allowItself(scope, { functionArn: made.functionArn, role: identity.role });
  acceptRunner(scope, ground);
  acknowledge(scope, {
    'Serverless-LambdaDLQ': NOT_LOST,
    'Serverless-LambdaAsyncFailureDestination': NOT_LOST,
  });
  return { made, role: identity.role };
}

/**
 * Ends the runs of an execution that was stopped, has run out of time, or failed beside them, in any machine: it asks the table
 * by the execution's ARN, and finds nothing where no script of Lodge ran.
 */
export function runEnder(parent: Construct, ground: Ground): NodejsFunction {
  const scope = new Construct(parent, 'RunEnder');
  const logGroup = functionLogs(scope, ground.settings);
  const identity = grantOnGround(scope, { needs: ['runs.read', 'runs.write'], logGroup, ground });
  const made = runFunction(scope, { name: 'end-runs', memory: 512, seconds: 30, identity, logGroup, ground });
  new Rule(scope, 'Stopped', {
    description: 'Lodge: an execution was stopped; so are the runs in it',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { status: ['ABORTED', 'TIMED_OUT', 'FAILED'] },
    },
    targets: [new LambdaFunction(made, { retryAttempts: 10, maxEventAge: Duration.minutes(15) })],
  });
  acknowledge(scope, {
    'Serverless-LambdaDLQ': 'A run whose time is over is cut without it; its log says what it could not do.',
    'Serverless-EventBusDLQ': 'A run whose time is over is cut without it, and an event of an hour ago helps nobody.',
  });
  return made;
}

interface Made {
  readonly name: string;
  readonly memory: number;
  readonly seconds: number;
  /** True: a run may go on in as many calls as it takes. */
  readonly callsItself?: boolean;
  readonly identity: Identity;
  readonly logGroup: ReturnType<typeof functionLogs>;
  readonly ground: Ground;
}

function runFunction(
  scope: Construct,
  { name, memory, seconds, callsItself = false, identity, logGroup, ground }: Made,
): NodejsFunction {
  const { tracing } = ground.settings;
  acknowledge(
    scope,
    tracing
      ? { 'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources: its two actions can be granted on all only.' }
      : { 'Serverless-LambdaTracing': 'Traces are a setting: each costs money, and runs have a history.' },
  );
  return new NodejsFunction(scope, 'Function', {
    ...FUNCTION,
    description: `Lodge's ${name}`,
    entry: join(ROOT, 'lambdas', name, 'handler.ts'),
    memorySize: memory,
    timeout: Duration.seconds(seconds),
    environment: { ...identity.environment, NODE_OPTIONS: '--enable-source-maps' },
    // Lambda ends a chain of some sixteen calls (Lambda Developer Guide, "Use Lambda recursive loop detection"). A run's has
    // an end of its own: each call does a statement of the script at least, and there are no more than `MOST_PARTS`.
    ...(callsItself && { recursiveLoop: RecursiveLoop.ALLOW }),
    tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    role: identity.role,
    logGroup,
  });
}
