/** One Lambda function for each function of the contract, with the role and the environment that its routes' needs give. */
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName, Need } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { ENV } from '#core/env.ts';
import { acknowledge } from './acknowledge.ts';
import { BUNDLING } from './bundling.ts';
import { type Grounds, grant } from './grants/functions.ts';
import type { Settings } from './settings.ts';
import { siteProof } from './site-proof.ts';
import { SHARED, tenancy } from './tenancy.ts';

export const ROOT = join(import.meta.dirname, '..');

/**
 * Memory in MB, which also buys processor time (1,769 MB are one whole processor), and the longest run in seconds.
 * What streams ends by its own limits, `timeoutSeconds` of a query among them, before its function is ended.
 */
const SIZES: Record<FunctionName, { readonly memory: number; readonly seconds: number }> = {
  'sign-in': { memory: 1024, seconds: 30 },
  session: { memory: 512, seconds: 15 },
  instance: { memory: 512, seconds: 15 },
  users: { memory: 1024, seconds: 30 },
  settings: { memory: 512, seconds: 15 },
  audit: { memory: 1024, seconds: 900 },
  // The tags of thousands of tables, where rules go by them, take minutes: AWS tells ten a second.
  explorer: { memory: 1024, seconds: 900 },
  connections: { memory: 1024, seconds: 30 },
  objects: { memory: 1024, seconds: 60 },
  query: { memory: 1769, seconds: 900 },
  scripts: { memory: 512, seconds: 30 },
  automations: { memory: 1024, seconds: 60 },
};

/** What all functions have in common. */
export const FUNCTION = {
  projectRoot: ROOT,
  depsLockFilePath: join(ROOT, 'package-lock.json'),
  bundling: BUNDLING,
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
};

export type Functions = Readonly<Record<FunctionName, NodejsFunction>>;

/** Every function, by its name. */
export const functions = (scope: Construct, grounds: Grounds): Functions => {
  const parent = new Construct(scope, 'Functions');
  const entries = (Object.keys(SIZES) as FunctionName[]).map((name) => [name, apiFunction(parent, name, grounds)]);
  return Object.fromEntries(entries) as Functions;
};

function apiFunction(parent: Construct, name: FunctionName, grounds: Grounds): NodejsFunction {
  const scope = new Construct(parent, name);
  const logGroup = functionLogs(scope, grounds.settings);
  const needs = needsOf(name);
  const { role, environment } = grant(scope, { needs, logGroup, grounds });
  // Whoever opens sessions holds the credentials in them.
  const { id, props } = needs.includes('session.open') ? tenancy(grounds.settings) : SHARED;
  const { memory, seconds } = SIZES[name];
  const made = new NodejsFunction(scope, id, {
    ...FUNCTION,
    ...props,
    description: `Lodge: ${name}`,
    entry: join(ROOT, 'lambdas', name, 'handler.ts'),
    memorySize: memory,
    timeout: Duration.seconds(seconds),
    environment: { ...environment, [ENV.siteProof]: siteProof(), NODE_OPTIONS: '--enable-source-maps' },
    tracing: grounds.settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    role,
    logGroup,
  });
  acceptFunctionRules(scope, grounds.settings);
  return made;
}

/** What cdk-nag says of a function behind the API, accepted. */
export function acceptFunctionRules(scope: Construct, { tracing }: Settings): void {
  acknowledge(scope, {
    'Serverless-LambdaDLQ': 'API Gateway calls it and waits: no event is left behind that a queue could keep.',
    ...(tracing
      ? { 'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources: its two actions can be granted on all only.' }
      : {
          'Serverless-LambdaTracing':
            "Traces are a setting: each costs money, and a request's log line has its time and outcome.",
        }),
  });
}

/** Everything that the routes of a function need, each once. */
const needsOf = (name: FunctionName): Need[] => [
  ...new Set(
    Object.values(ROUTES)
      .filter((route) => route.function === name)
      .flatMap((route): readonly Need[] => route.needs),
  ),
];

/** A log group that ends with the stack; its lines end after `logDays`. */
export const functionLogs = (scope: Construct, { logDays }: Settings): LogGroup =>
  new LogGroup(scope, 'Logs', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
