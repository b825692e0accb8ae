/** As much of the Amazon States Language (states-language.net) as the machines here are written in. */

/** In which of the two query languages of Step Functions a state is written. */
export type QueryLanguage = 'JSONata' | 'JSONPath';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL';
}

interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  /** JSONata. */
  readonly Output?: unknown;
  /** JSONPath. */
  readonly ResultPath?: string;
}

export interface State {
  readonly Type: 'Task' | 'Pass' | 'Choice' | 'Map' | 'Succeed' | 'Fail';
  readonly Comment?: string;
  readonly Next?: string;
  readonly End?: true;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly [field: string]: unknown;
}

export interface StateMachine {
  readonly Comment: string;
  readonly QueryLanguage: QueryLanguage;
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, State>>;
}

/** An expression of JSONata, as a field of a state holds it. */
export const jsonata = (expression: string): string => `{% ${expression.replace(/\s*\n\s*/g, ' ').trim()} %}`;

/** What a machine is about, in one account and region. */
export interface Places {
  /** Such as `aws`: the ARNs of Step Functions' own resources begin with it. */
  readonly partition: string;
  /** The ARN of the function `run-script`. */
  readonly runner: string;
  /** The topic that tells people; left out, nobody is told. */
  readonly topic?: string | undefined;
  /** The bucket of results. */
  readonly bucket: string;
}
