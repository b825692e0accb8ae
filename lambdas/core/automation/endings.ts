/** How a machine ends: with an answer, with a failure by its name, or with nothing to do; and who is told of it. */
import { NOT_NOW } from './retries.ts';
import { jsonata, type Places, type State } from './states-language.ts';

/** What `notify` of the machine's input says, as an automation has it; left out, people hear of failures. */
const NOTIFY = '$states.context.Execution.Input.notify';

/** Whose run it was, for people: an automation's name, or what it runs. */
const SUBJECT = `(
  $input := $states.context.Execution.Input;
  $each := $input.plan ? $input.plan : $input;
  $exists($input.name) ? $input.name
    : $exists($each.automationId) ? 'automation ' & $each.automationId : 'script ' & $each.scriptId
)`;

const EXECUTION = `'Execution: ' & $states.context.Execution.Id`;

const FAILURE = `$join([
  'The run of ' & ${SUBJECT} & ' failed: ' & $states.input.Error & '.',
  $substring($states.input.Cause, 0, 1) = '{' ? $parse($states.input.Cause).errorMessage : $states.input.Cause,
  ${EXECUTION}
], '\\n\\n')`;

const SUCCESS = `$join([
  'The run of ' & ${SUBJECT} & ' has succeeded.',
  $exists($states.input.rows) ? $string($states.input.rows) & ' rows, ' & $string($states.input.bytes) & ' bytes.',
  $exists($states.input.key) ? 's3://' & $states.input.bucket & '/' & $states.input.key,
  ${EXECUTION}
], '\\n\\n')`;

/** What comes of a run that is none. */
export const SKIPPED = { skipped: jsonata('$states.errorOutput.Error') };

/** Catches what is no failure, and then everything else. */
export const catching = ({ topic }: Places) => [
  { ErrorEquals: NOT_NOW, Output: SKIPPED, Next: 'Skipped' },
  {
    ErrorEquals: ['States.ALL'],
    Output: jsonata('$states.errorOutput'),
    Next: topic ? 'Tell of a failure?' : 'Failed',
  },
];

/** Where a run goes on that has succeeded; the state's input is the answer. */
export const succeeded = ({ topic }: Places): string => (topic ? 'Tell of a success?' : 'Done');

/** The states to which these lead. */
export const endings = ({ partition, topic }: Places): Record<string, State> => ({
  Done: { Type: 'Succeed' },
  Skipped: { Type: 'Succeed', Comment: 'Another delivery of the same run does it, or the automation is paused' },
  Failed: {
    Type: 'Fail',
    Error: jsonata('$states.input.Error'),
    Cause: jsonata(`$exists($states.input.Cause) ? $states.input.Cause : ''`),
  },
  ...(topic && {
    'Tell of a failure?': choice(`$not(${NOTIFY} = 'never')`, 'Tell of a failure', 'Failed'),
    'Tell of a failure': tell({
      partition,
      topic,
      subject: 'Lodge: a run has failed',
      message: FAILURE,
      next: 'Failed',
    }),
    'Tell of a success?': choice(`${NOTIFY} = 'always'`, 'Tell of a success', 'Done'),
    'Tell of a success': tell({
      partition,
      topic,
      subject: 'Lodge: a run has succeeded',
      message: SUCCESS,
      next: 'Done',
    }),
  }),
});

const choice = (condition: string, next: string, otherwise: string): State => ({
  Type: 'Choice',
  Choices: [{ Condition: jsonata(condition), Next: next }],
  Default: otherwise,
});

interface Telling {
  readonly partition: string;
  readonly topic: string;
  readonly subject: string;
  readonly message: string;
  readonly next: string;
}

/** What came of the run stays what it is, whether people could be told or not. */
const tell = ({ partition, topic, subject, message, next }: Telling): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::sns:publish`,
  Arguments: { TopicArn: topic, Subject: subject, Message: jsonata(message) },
  Output: jsonata('$states.input'),
  TimeoutSeconds: 60,
  Retry: [
    {
      ErrorEquals: ['States.TaskFailed'],
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: 3,
      MaxDelaySeconds: 30,
      JitterStrategy: 'FULL',
    },
  ],
  Catch: [{ ErrorEquals: ['States.ALL'], Output: jsonata('$states.input'), Next: next }],
  Next: next,
});
