/**
 * The same machine in JSONPath: for the machine of the local mode, whose interpreter knows nothing else, and for those who
 * write JSONPath. The runs of an execution that has characters in its name which a run may not have are refused here.
 */
import { MACHINE_SECONDS, NOT_NOW } from './retries.ts';
import { runTask } from './run-task.ts';
import type { Places, State, StateMachine } from './states-language.ts';

export const runMachineJsonPath = (places: Places): StateMachine => ({
  Comment: 'Runs a saved script of Lodge: {"automationId": "…"}, or a plan of its own; see docs/automation.md',
  QueryLanguage: 'JSONPath',
  TimeoutSeconds: MACHINE_SECONDS,
  StartAt: 'Name the run',
  States: {
    'Name the run': {
      Type: 'Pass',
      Parameters: {
        'arn.$': '$$.Execution.Id',
        'name.$': '$$.Execution.Name',
        'startedAt.$': '$$.Execution.StartTime',
      },
      ResultPath: '$.execution',
      Next: 'Run',
    },
    Run: {
      ...runTask({ language: 'JSONPath', places, payload: '$' }),
      // The input stays, for it says who is told.
      OutputPath: '$',
      ResultSelector: { 'answer.$': '$.Payload' },
      ResultPath: '$.run',
      Catch: [
        { ErrorEquals: NOT_NOW, ResultPath: '$.run', Next: 'Skipped' },
        { ErrorEquals: ['States.ALL'], ResultPath: '$.run', Next: places.topic ? 'Tell of a failure?' : 'Failed' },
      ],
      Next: places.topic ? 'Tell of a success?' : 'Done',
    },
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
      'Tell of a success': tell(places, { ended: 'succeeded', message: SUCCESS, next: 'Done' }),
    }),
  },
});

const present = { Variable: '$.notify', IsPresent: true };

const FAILURE =
  "States.Format('A run of Lodge failed: {}.\n\n{}\n\nExecution: {}', $.run.Error, $.run.Cause, $$.Execution.Id)";
const SUCCESS =
  "States.Format('A run of Lodge has succeeded.\n\n{} rows\n\nExecution: {}', $.run.answer.rows, $$.Execution.Id)";

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
