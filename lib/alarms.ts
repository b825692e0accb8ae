/** The few alarms that mean work for somebody. docs/runbook.md has an entry for each. */
import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, type IMetric, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Automation } from './automation/automation.ts';
import type { Connector } from './connectors.ts';
import type { Functions } from './functions.ts';
import { allowAlarms } from './grants/alarms.ts';

const PERIOD = Duration.minutes(5);

/** Where the text of each alarm sends its reader. */
const RUNBOOK = 'docs/runbook.md';

interface Watched {
  readonly api: RestApi;
  readonly functions: Functions;
  readonly connectors: readonly Connector[];
  readonly automation: Automation;
}

interface AlarmPlan {
  readonly description: string;
  /** Several make an alarm each. */
  readonly metrics: (watched: Watched) => IMetric[];
  /** At so many, or more, in each of `periods` five minutes. */
  readonly threshold: number;
  readonly periods: number;
  /** Left out: always. */
  readonly when?: (watched: Watched) => boolean;
}

/** One entry an alarm; its name is its heading in the runbook. */
export const ALARMS: Readonly<Record<string, AlarmPlan>> = {
  'server-errors': {
    description: 'The API answers with 5xx.',
    metrics: ({ api }) => [api.metricServerError({ period: PERIOD, statistic: 'Sum' })],
    threshold: 5,
    periods: 2,
  },
  'function-failures': {
    description: 'Functions end without an answer: out of time, out of memory, or unable to start.',
    // A run that fails is an error of its function too: those are counted by the machines.
    metrics: ({ functions, automation: { ender } }) =>
      totals([...Object.values(functions), ender].map((each) => each.metricErrors({ period: PERIOD }))),
    threshold: 3,
    periods: 1,
  },
  'function-throttles': {
    description: "Calls are refused because the account's Lambda concurrency is used up.",
    metrics: ({ functions, automation: { ender, runner } }) =>
      totals([...Object.values(functions), ender, runner.made].map((each) => each.metricThrottles({ period: PERIOD }))),
    threshold: 1,
    periods: 2,
  },
  'connector-failures': {
    description: 'Connectors end without an answer or cannot be started.',
    when: ({ connectors }) => connectors.length > 0,
    metrics: ({ connectors }) =>
      totals(
        connectors.flatMap(({ made }) => [
          made.metricErrors({ period: PERIOD }),
          made.metricThrottles({ period: PERIOD }),
        ]),
      ),
    threshold: 3,
    periods: 1,
  },
  'run-failures': {
    description: 'Runs of automations fail, one after the other.',
    metrics: ({ automation: { machine, mapMachine } }) =>
      totals(
        [machine, mapMachine].flatMap((each) => [
          each.metricFailed({ period: PERIOD }),
          each.metricTimedOut({ period: PERIOD }),
        ]),
      ),
    threshold: 3,
    periods: 3,
  },
  'schedules-dropped': {
    description: 'EventBridge Scheduler has given up starting a run.',
    metrics: ({ automation: { schedules } }) => [
      new Metric({
        namespace: 'AWS/Scheduler',
        metricName: 'InvocationDroppedCount',
        dimensionsMap: { ScheduleGroup: schedules.group },
        statistic: 'Sum',
        period: PERIOD,
      }),
    ],
    threshold: 1,
    periods: 1,
  },
};

/** Alarms that write to one e-mail address; its owner confirms the subscription once. */
export function alarms(scope: Construct, { email, ...watched }: Watched & { email: string }): void {
  const within = new Construct(scope, 'Alarms');
  const topic = new Topic(within, 'Topic', { enforceSSL: true });
  allowAlarms(topic);
  topic.addSubscription(new EmailSubscription(email));
  acknowledge(topic, {
    'Serverless-SNSRedrivePolicy': 'SNS tries an e-mail again by itself, and the alarm still stands in CloudWatch.',
  });
  for (const [name, { description, metrics, threshold, periods, when }] of Object.entries(ALARMS)) {
    if (when && !when(watched)) continue;
    for (const [at, metric] of metrics(watched).entries()) {
      const alarm = new Alarm(within, at === 0 ? name : `${name}-${at + 1}`, {
        alarmDescription: `${description} See ${RUNBOOK}, "${name}".`,
        metric,
        threshold,
        evaluationPeriods: periods,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
    }
  }
}

/** An alarm on an expression holds so many metrics (CloudWatch User Guide, "CloudWatch service quotas"). */
const METRICS_AT_MOST = 10;

/** Their sum; several, where they are more than one alarm holds. */
const totals = (metrics: readonly IMetric[]): IMetric[] =>
  Array.from({ length: Math.ceil(metrics.length / METRICS_AT_MOST) }, (_, at) =>
    total(metrics.slice(at * METRICS_AT_MOST, (at + 1) * METRICS_AT_MOST)),
  );

function total(metrics: readonly IMetric[]): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, at) => [`m${at}`, metric]));
  return new MathExpression({ expression: `SUM([${Object.keys(usingMetrics)}])`, usingMetrics, period: PERIOD });
}
