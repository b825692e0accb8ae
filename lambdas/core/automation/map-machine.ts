/**
 * The machine that runs one script many times: over many resources, or with many sets of parameters. Each run is an
 * execution of its own below that of the map (Step Functions Developer Guide, "Using Map state in Distributed mode").
 */
import { catching, endings, SKIPPED, succeeded } from './endings.ts';
import { NOT_NOW } from './retries.ts';
import { runOfExecution } from './run-task.ts';
import { jsonata, type Places, type State, type StateMachine } from './states-language.ts';

/** Below which a map leaves the answers of its runs: they may be more than the 256 KiB that a state holds. */
export const MAPS_FOLDER = 'maps/';

/** A database has better things to do than to answer a thousand runs at once. */
export const AT_ONCE = 5;

/** Within an item, `$states.context` is of its own execution: which map it belongs to is said beside it. */
const PARENT = `{ 'execution': { 'parentArn': $states.context.Execution.Id } }`;

/** The plan, changed by what an item says; its parameters are added to those of the plan. */
const BY_ITEM = `$merge([
  $states.input.plan,
  $states.context.Map.Item.Value,
  { 'parameters': $merge([$states.input.plan.parameters, $states.context.Map.Item.Value.parameters]) },
  ${PARENT}
])`;

/** The plan, with a row of a file as its parameters: each column is the name of one. */
const BY_ROW = `$merge([
  $states.input.plan,
  { 'parameters': $merge([$states.input.plan.parameters, $states.context.Map.Item.Value]) },
  ${PARENT}
])`;

export const mapMachine = (places: Places): StateMachine => ({
  Comment: 'Runs a saved script of Lodge for each of many items: {"plan": {…}, "items": [{…}]}; see docs/automation.md',
  QueryLanguage: 'JSONata',
  StartAt: 'A file of items?',
  States: {
    'A file of items?': {
      Type: 'Choice',
      Choices: [{ Condition: jsonata('$exists($states.input.itemsKey)'), Next: 'Run each row' }],
      Default: 'Run each item',
    },
    'Run each item': {
      ...map(places, { one: 'item', select: BY_ITEM }),
      Items: jsonata('$states.input.items'),
    },
    'Run each row': {
      ...map(places, { one: 'row', select: BY_ROW }),
      ItemReader: {
        Resource: `arn:${places.partition}:states:::s3:getObject`,
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Arguments: { Bucket: places.bucket, Key: jsonata('$states.input.itemsKey') },
      },
    },
    ...endings(places),
  },
});

const map = (places: Places, { one, select }: { readonly one: string; readonly select: string }): State => ({
  Type: 'Map',
  Label: one,
  ItemSelector: jsonata(select),
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: `Run ${one}`,
    // A run that fails is counted by the map: nobody is told of each.
    States: {
      [`Run ${one}`]: {
        ...runOfExecution(places),
        Catch: [{ ErrorEquals: NOT_NOW, Output: SKIPPED, Next: `Skip ${one}` }],
        End: true,
      },
      [`Skip ${one}`]: { Type: 'Succeed' },
    },
  },
  MaxConcurrency: jsonata(`$exists($states.input.concurrency) ? $states.input.concurrency : ${AT_ONCE}`),
  ToleratedFailurePercentage: jsonata(
    '$exists($states.input.toleratedFailurePercentage) ? $states.input.toleratedFailurePercentage : 0',
  ),
  ResultWriter: {
    Resource: `arn:${places.partition}:states:::s3:putObject`,
    Arguments: { Bucket: places.bucket, Prefix: jsonata(`'${MAPS_FOLDER}' & $states.context.Execution.Name`) },
  },
  Catch: catching(places),
  Next: succeeded(places),
});
