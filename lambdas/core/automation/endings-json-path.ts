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
export const endingsJsonPath = (places: Places, { line, path }: Success): Record<string, State> => {
  const success = (whose: string, ...name: string[]): string =>
    format(`${whose} has succeeded.\n\n${line}\n\nExecution: {}`, ...name, path, '$$.Execution.Id');
  return {
    Done: { Type: 'Succeed', OutputPath: '$.run.answer' },
    Skipped: { Type: 'Pass', Parameters: { 'skipped.$': '$.run.Error' }, End: true },
    Failed: { Type: 'Fail', ErrorPath: '$.run.Error', CausePath: '$.run.Cause' },
    ...(places.topic && {
      'Tell of a failure?': {
        Type: 'Choice',
        Choices: [
          { And: [present, { Variable: '$.notify', StringEquals: 'never' }], Next: 'Failed' },
          { And: named, Next: 'Tell of a failure by name' },
        ],
        Default: 'Tell of a failure',
      },
      'Tell of a failure': tell(places, { ended: 'failed', message: failure('A run of Lodge'), next: 'Failed' }),
      'Tell of a failure by name': tell(places, {
        ended: 'failed',
        message: failure('The run of {}', NAME),
        next: 'Failed',
      }),
      'Tell of a success?': {
        Type: 'Choice',
        Choices: [
          { And: [...always, ...named], Next: 'Tell of a success by name' },
          { And: always, Next: 'Tell of a success' },
        ],
        Default: 'Done',
      },
      'Tell of a success': tell(places, { ended: 'succeeded', message: success('A run of Lodge'), next: 'Done' }),
      'Tell of a success by name': tell(places, {
        ended: 'succeeded',
        message: success('The run of {}', NAME),
        next: 'Done',
      }),
    }),
  };
};

const present = { Variable: '$.notify', IsPresent: true };
const always = [present, { Variable: '$.notify', StringEquals: 'always' }];

/** Of an automation. JSONPath knows no other value in the place of one that is not there: so each is a state of its own. */
const NAME = '$.name';
const named = [
  { Variable: NAME, IsPresent: true },
  { Variable: NAME, IsString: true },
];

const failure = (whose: string, ...name: string[]): string =>
  format(`${whose} has failed: {}.\n\n{}\n\nExecution: {}`, ...name, '$.run.Error', '$.run.Cause', '$$.Execution.Id');

const format = (text: string, ...paths: string[]): string => `States.Format('${text}', ${paths.join(', ')})`;

interface Telling {
  readonly ended: string;
  readonly message: string;
  readonly next: string;
}

/** The subject is the same for all: what a name may hold and a subject may not cannot be taken out in JSONPath. */
const tell = ({ partition, topic }: Places, { ended, message, next }: Telling): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::sns:publish`,
  Parameters: { TopicArn: topic, Subject: `Lodge: a run has ${ended}`, 'Message.$': message },
  ResultPath: null,
  TimeoutSeconds: 60,
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.untold', Next: next }],
  Next: next,
});
