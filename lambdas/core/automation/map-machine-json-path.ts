/**
 * The machine of many runs in JSONPath: for the machine of the local mode, whose interpreter knows nothing else, and for those
 * who write JSONPath. Where JSONata merges what may not be there, each side gets it first. That interpreter merges into the
 * first of two objects: none of them is read again.
 */
import { catchingJsonPath, endingsJsonPath, succeededJsonPath } from './endings-json-path.ts';
import { AT_ONCE, MAPS_FOLDER } from './map-machine.ts';
import { NOT_NOW } from './retries.ts';
import { EXECUTION_JSON_PATH, runTask } from './run-task.ts';
import type { Places, State, StateMachine } from './states-language.ts';

/** What an input has that says nothing of it. */
const DEFAULTS = { concurrency: AT_ONCE, toleratedFailurePercentage: 0 };

export const mapMachineJsonPath = (places: Places): StateMachine => ({
  Comment: 'Runs a saved script of Lodge for each of many items: {"plan": {…}, "items": [{…}]}; see docs/automation.md',
  QueryLanguage: 'JSONPath',
  StartAt: 'Take the defaults',
  States: {
    'Take the defaults': { Type: 'Pass', Result: DEFAULTS, Next: 'Complete the input' },
    'Complete the input': {
      Type: 'Pass',
      Parameters: { 'input.$': 'States.JsonMerge($, $$.Execution.Input, false)' },
      OutputPath: '$.input',
      Next: 'A file of items?',
    },
    'A file of items?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.itemsKey', IsPresent: true, Next: 'Run each row' }],
      Default: 'Run each item',
    },
    'Run each item': {
      ...map(places, { one: 'item', item: { 'item.$': '$$.Map.Item.Value' } }),
      ItemsPath: '$.items',
    },
    'Run each row': {
      ...map(places, { one: 'row', item: { item: { 'parameters.$': '$$.Map.Item.Value' } } }),
      ItemReader: {
        Resource: `arn:${places.partition}:states:::s3:getObject`,
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: places.bucket, 'Key.$': '$.itemsKey' },
      },
    },
    ...endingsJsonPath(places, { line: 's3://{}', path: PLACE_OF_ANSWERS }),
  },
});

const PLACE_OF_ANSWERS =
  "States.Format('{}/{}', $.run.answer.ResultWriterDetails.Bucket, $.run.answer.ResultWriterDetails.Key)";

interface Mapped {
  readonly one: string;
  /** The field `item` of what a run of one begins with. */
  readonly item: object;
}

const map = (places: Places, { one, item }: Mapped): State => ({
  Type: 'Map',
  Label: one,
  ItemSelector: {
    'plan.$': '$.plan',
    ...item,
    'parentArn.$': '$$.Execution.Id',
    ofPlan: { parameters: {} },
    ofItem: { parameters: {} },
  },
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: `Complete ${one}`,
    // A run that fails is counted by the map: nobody is told of each.
    States: {
      [`Complete ${one}`]: {
        Type: 'Pass',
        Parameters: {
          'plan.$': 'States.JsonMerge($.ofPlan, $.plan, false)',
          'item.$': 'States.JsonMerge($.ofItem, $.item, false)',
          'parentArn.$': '$.parentArn',
        },
        Next: `Name ${one}`,
      },
      [`Name ${one}`]: {
        Type: 'Pass',
        Parameters: {
          'parameters.$': 'States.JsonMerge($.plan.parameters, $.item.parameters, false)',
          execution: { ...EXECUTION_JSON_PATH, 'parentArn.$': '$.parentArn' },
        },
        ResultPath: '$.merged',
        Next: `Run ${one}`,
      },
      [`Run ${one}`]: {
        ...runTask({
          language: 'JSONPath',
          places,
          payload: 'States.JsonMerge(States.JsonMerge($.plan, $.item, false), $.merged, false)',
        }),
        Catch: [{ ErrorEquals: NOT_NOW, Next: `Skip ${one}` }],
        End: true,
      },
      [`Skip ${one}`]: { Type: 'Pass', Parameters: { 'skipped.$': '$.Error' }, End: true },
    },
  },
  MaxConcurrencyPath: '$.concurrency',
  ToleratedFailurePercentagePath: '$.toleratedFailurePercentage',
  ResultWriter: {
    Resource: `arn:${places.partition}:states:::s3:putObject`,
    Parameters: { Bucket: places.bucket, 'Prefix.$': `States.Format('${MAPS_FOLDER}{}', $$.Execution.Name)` },
  },
  ResultSelector: { 'answer.$': '$' },
  ResultPath: '$.run',
  Catch: catchingJsonPath(places),
  Next: succeededJsonPath(places),
});
