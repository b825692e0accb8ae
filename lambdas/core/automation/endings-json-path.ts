/**
 * How a machine in JSONPath ends: with the answer in `$.run.answer`, with the error in `$.run`, or with nothing to do; and who
 * is told of it. `$.notify` is as an automation has it; left out, people hear of failures.
 */
import { NOT_NOW } from './retries.ts';
import type { Places, State } from './states-language.ts';

/** Catches what is no failure, and then everything else. */
export const catchingJsonPath = ({ topic }: Places) => [
  { ErrorEquals: NOT_NOW, ResultPath: '$.run', Next: 'Skipped' },
  { ErrorEquals: ['States.ALL'], ResultPath: '$.run', Next: topic ? 'Tell of a failure?' : 'Failed' },
];

/** Where a run goes on that has succeeded. */
export const succeededJsonPath = ({ topic }: Places): string => (topic ? 'Tell of a success?' : 'Done');

/** What people are told of a success: a line, and the path that stands in its place `{}`. */
interface Success {
  readonly line: string;
  readonly path: string;
}

/** The states to which these lead. */
export const endingsJsonPath = (places: Places, { line, path }: Success): Record<string, State> => ({
  Done: { Type: 'Succeed', OutputPath: '$.run.answer' },
  Skipped: { Type: 'Pass', Parameters: { 'skipped.$': '$.run.Error' }, End: true },
  Failed: { Type: 'Fail', ErrorPath: '$.run.Error', CausePath: '$.run.Cause' },
  ...(places.topic && {
    'Tell of a failure?': {
      Type: 'Choice',
      Choices: [{ And: [present, { Variable: '$.notify', StringEquals: 'never' }], Next: 'Failed' }],
      Default: 'Tell of a failure',
    },
    'Tell of a failure': tell(places, { ended: 'failed', message: FAILURE, next: 'Failed' }),
    'Tell of a success?': {
      Type: 'Choice',
      Choices: [{ And: [present, { Variable: '$.notify', StringEquals: 'always' }], Next: 'Tell of a success' }],
      Default: 'Done',
    },
    'Tell of a success': tell(places, {
      ended: 'succeeded',
      message: `States.Format('A run of Lodge has succeeded.\n\n${line}\n\nExecution: {}', ${path}, $$.Execution.Id)`,
      next: 'Done',
    }),
  }),
});

const present = { Variable: '$.notify', IsPresent: true };

const FAILURE =
  "States.Format('A run of Lodge failed: {}.\n\n{}\n\nExecution: {}', $.run.Error, $.run.Cause, $$.Execution.Id)";

interface Telling {
  readonly ended: string;
  readonly message: string;
  readonly next: string;
}

const tell = ({ partition, topic }: Places, { ended, message, next }: Telling): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::sns:publish`,
  Parameters: { TopicArn: topic, Subject: `Lodge: a run has ${ended}`, 'Message.$': message },
  ResultPath: null,
  TimeoutSeconds: 60,
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.untold', Next: next }],
  Next: next,
});
