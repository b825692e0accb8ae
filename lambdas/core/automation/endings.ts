/** How a machine ends: with an answer, with a failure by its name, or with nothing to do; and who is told of it. */
import { CONSOLE_HOSTS } from '../aws/discovery/console-urls.ts';
import { NOT_NOW } from './retries.ts';
import { jsonata, type Places, type State } from './states-language.ts';

/** What `notify` of the machine's input says, as an automation has it; left out, people hear of failures. */
const NOTIFY = '$states.context.Execution.Input.notify';

/** Whose run it was, for people: an automation's name, or what it runs. */
const WHOSE = `(
  $input := $states.context.Execution.Input;
  $each := $input.plan ? $input.plan : $input;
  $exists($input.name) ? $string($input.name)
    : $exists($each.automationId) ? 'automation ' & $each.automationId : 'script ' & $each.scriptId
)`;

/**
 * A subject of SNS is one line of less than a hundred characters, without any that mails do not carry (SNS API reference,
 * Publish); the message has the name as it is.
 */
const subject = (ended: string): string =>
  `'Lodge: ' & $substring($replace(${WHOSE}, /[^ -~]/, '?'), 0, 60) & ' ${ended}'`;

const SCRIPT = `$exists($states.context.Execution.Input.script) ? 'Script: ' & $states.context.Execution.Input.script`;

/** Where the execution is shown, in partitions whose console is known. */
const CONSOLE = `(
  $id := $states.context.Execution.Id;
  $region := $split($id, ':')[3];
  $host := $lookup(${JSON.stringify(CONSOLE_HOSTS)}, $split($id, ':')[1]);
  $host ? 'Console: https://' & $region & '.' & $host & '/states/home?region=' & $region & '#/v2/executions/details/' & $id
)`;

const WHERE = `'Execution: ' & $states.context.Execution.Id, ${CONSOLE}`;

const FAILURE = `$join([
  'The run of ' & ${WHOSE} & ' has failed: ' & $states.input.Error & '.',
  $substring($states.input.Cause, 0, 1) = '{' ? $parse($states.input.Cause).errorMessage : $states.input.Cause,
  ${SCRIPT}, ${WHERE}
], '\\n\\n')`;

const SUCCESS = `$join([
  'The run of ' & ${WHOSE} & ' has succeeded.',
  $exists($states.input.rows) ? $string($states.input.rows) & ' rows, ' & $string($states.input.bytes) & ' bytes.',
  $exists($states.input.key) ? 's3://' & $states.input.bucket & '/' & $states.input.key,
  ${SCRIPT}, ${WHERE}
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
      subject: subject('has failed'),
      message: FAILURE,
      next: 'Failed',
    }),
    'Tell of a success?': choice(`${NOTIFY} = 'always'`, 'Tell of a success', 'Done'),
    'Tell of a success': tell({
      partition,
      topic,
      subject: subject('has succeeded'),
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
  Arguments: { TopicArn: topic, Subject: jsonata(subject), Message: jsonata(message) },
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
