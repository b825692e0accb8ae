/** For state machines of your own: a state that runs a saved script of Lodge. See docs/automation.md. */
import { Duration, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  JitterType,
  QueryLanguage,
  type StateBaseProps,
  type TaskMetricsConfig,
  TaskStateBase,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { RunInput } from '#contract/run-script.ts';
import { ofOneState, runTask } from '#core/automation/run-task.ts';
import type { QueryLanguage as Language } from '#core/automation/states-language.ts';
import { calling } from './grants/connectors.ts';

/** What the function takes. Each value may be an expression of the state's query language; in JSONPath its name ends with `.$`. */
type RunScriptInput = Readonly<Record<string, unknown>>;

export interface RunScriptProps {
  /** The output `RunScriptArn` of Lodge's stack. */
  readonly functionArn: string;
  /** A plan of its own (`scriptId`, `parameters`, `resourceId`, `roleArn`, `output`, …), or an `automationId`. */
  readonly input: RunScriptInput;
  /** JSONata unless said otherwise. */
  readonly queryLanguage?: QueryLanguage;
  /**
   * True: the state waits for the answer, not for the call (`.waitForTaskToken`), so that it may wait for its turn too, and
   * the script may go on in one function after another. While it runs, Lodge sends a heartbeat every few seconds.
   */
  readonly callback?: boolean;
  /** So long a callback may take; a day where it is left out. */
  readonly timeout?: Duration;
  readonly stateName?: string;
  readonly comment?: string;
}

/**
 * Tries again what is transient, by the names of Lodge's errors and Lambda's, and lets the machine call the function. Throws
 * where the input has a field that the function does not know.
 */
export class RunScript extends TaskStateBase {
  protected readonly taskMetrics?: TaskMetricsConfig;
  protected readonly taskPolicies: PolicyStatement[];
  readonly #task: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, props: RunScriptProps) {
    const { functionArn, input, queryLanguage = QueryLanguage.JSONATA, callback = false, timeout } = props;
    if (timeout && !callback) throw new Error('RunScript waits as long as a function lasts, unless it is a callback.');
    refuseUnknown(input);
    const language: Language = queryLanguage === QueryLanguage.JSONATA ? 'JSONata' : 'JSONPath';
    const places = { partition: Stack.of(scope).partition, runner: functionArn };
    const payload = ofOneState(language, input, callback);
    const task = runTask({ language, places, payload, callback, seconds: timeout?.toSeconds() });
    const { Type: _, Retry: retry = [], TimeoutSeconds: seconds, QueryLanguage: __, ...rendered } = task;
    super(scope, id, {
      ...named(props),
      queryLanguage,
      taskTimeout: Timeout.duration(Duration.seconds(Number(seconds))),
      ...(typeof task.Output === 'string' && { outputs: task.Output }),
      ...(typeof task.OutputPath === 'string' && { outputPath: task.OutputPath }),
    });
    this.#task = rendered;
    this.taskPolicies = [calling(functionArn)];
    for (const { ErrorEquals, IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds } of retry)
      this.addRetry({
        errors: [...ErrorEquals],
        interval: Duration.seconds(IntervalSeconds),
        backoffRate: BackoffRate,
        maxAttempts: MaxAttempts,
        maxDelay: Duration.seconds(MaxDelaySeconds),
        jitterStrategy: JitterType.FULL,
      });
  }

  protected override _renderTask(): object {
    return this.#task;
  }
}

const named = ({ stateName, comment }: RunScriptProps): StateBaseProps => ({
  ...(stateName !== undefined && { stateName }),
  ...(comment !== undefined && { comment }),
});

const KNOWN = new Set(RunInput.options.flatMap(({ shape }) => Object.keys(shape)));

function refuseUnknown(input: RunScriptInput): void {
  const unknown = Object.keys(input).filter((name) => !KNOWN.has(name.replace(/\.\$$/, '')));
  if (unknown.length > 0)
    throw new Error(`RunScript knows no ${unknown.join(', ')}: it takes ${[...KNOWN].join(', ')}.`);
}
