/**
 * A Map in Distributed mode: an execution for each item, so many at once and no more, until more have failed than may. Source:
 * Step Functions Developer Guide, "Using Map state in Distributed mode" and "Tolerated failure threshold".
 */
import { randomUUID } from 'node:crypto';
import type { State } from '../../automation/states-language.ts';
import type { Execution } from './executions.ts';
import { failure, filled, type Json, type Steps } from './interpret.ts';
import type { MapObjects } from './map-objects.ts';
import { readCsv } from './read-csv.ts';
import { writeAnswers } from './write-answers.ts';

/** As the definition of a map has it, in JSONPath. */
interface DistributedMap extends State {
  readonly Label: string;
  readonly ItemsPath?: string;
  readonly ItemReader?: { readonly Parameters: Json };
  readonly ItemSelector: Json;
  readonly ItemProcessor: Steps;
  readonly MaxConcurrencyPath: string;
  readonly ToleratedFailurePercentagePath: string;
  readonly ResultWriter: { readonly Parameters: Json };
}

/** A child, before it begins. */
export interface Child {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly mapRunArn: string;
  readonly input: string;
  readonly steps: Steps;
}

interface Parent {
  readonly execution: Execution;
  readonly objects: MapObjects;
  /** Aborted where the execution is. */
  readonly signal: AbortSignal;
  /** False: the account ends, and nobody reads what is written now. */
  isOpen(): boolean;
  /** Begins one, and answers once it has ended. */
  run(child: Child): Promise<Execution>;
  stop(arn: string): void;
}

/** What the state answers. Throws by names of the States Language. */
export async function mapRun(state: State, input: Json, parent: Parent): Promise<Json> {
  const map = state as DistributedMap;
  const { execution, objects, signal } = parent;
  const context = { Execution: { Id: execution.arn, Name: execution.name } };
  const { reader, writer, most, tolerated } = await filled(
    {
      reader: map.ItemReader?.Parameters ?? null,
      writer: map.ResultWriter.Parameters,
      'most.$': map.MaxConcurrencyPath,
      'tolerated.$': map.ToleratedFailurePercentagePath,
    },
    { input, context },
  );
  if (!isWhole(most, 10_000) || !isWhole(tolerated, 100))
    throw failure(
      'States.Runtime',
      'The concurrency, or the tolerated failure percentage, is not a number that it may be.',
    );
  const items = reader ? await read(objects, reader) : await itemsOf(map, { input, context });
  const inputs = await Promise.all(
    items.map((Value, Index) =>
      filled(map.ItemSelector, { input, context: { ...context, Map: { Item: { Index, Value } } } }),
    ),
  );
  const mapRunArn = `${execution.machineArn.replace(':stateMachine:', ':mapRun:')}/${map.Label}:${randomUUID()}`;
  const { ended, isOver } = await each(inputs, { ...parent, map, mapRunArn, most, tolerated });
  if (!parent.isOpen()) throw failure('States.Runtime', 'The account has ended.');
  const pending = inputs.slice(ended.length);
  const { Bucket: bucket, Prefix: prefix } = writer;
  const details = await writeAnswers(objects, { bucket, prefix }, { mapRunArn, ended, pending }).catch((error) => {
    throw failure('States.ResultWriterFailed', (error as Error).message);
  });
  if (isOver && !signal.aborted)
    throw failure('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
  return { MapRunArn: mapRunArn, ResultWriterDetails: details };
}

const isWhole = (value: Json, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most;

const read = (objects: MapObjects, { Bucket: bucket, Key: key }: Json): Promise<Json[]> =>
  objects
    .read({ bucket, key })
    .then(readCsv)
    .catch((error) => {
      throw failure('States.ItemReaderFailed', `s3://${bucket}/${key}: ${(error as Error).message}`);
    });

async function itemsOf({ ItemsPath }: DistributedMap, given: Parameters<typeof filled>[1]): Promise<Json[]> {
  const { items } = await filled({ 'items.$': ItemsPath }, given);
  if (Array.isArray(items)) return items;
  throw failure('States.Runtime', `Reference path "${ItemsPath}" must point to array.`);
}

interface Each extends Parent {
  readonly map: DistributedMap;
  readonly mapRunArn: string;
  readonly most: number;
  readonly tolerated: number;
}

/** Runs one after another, some at once; those that were begun have ended when it answers. */
async function each(
  inputs: readonly Json[],
  { execution, signal, run, stop, map, mapRunArn, most, tolerated }: Each,
): Promise<{ ended: Execution[]; isOver: boolean }> {
  const machineArn = `${execution.machineArn}/${map.Label}`;
  const ended: Execution[] = [];
  const running = new Set<string>();
  let failures = 0;
  const isOver = () => failures * 100 > tolerated * inputs.length;
  const stopAll = () => {
    for (const arn of running) stop(arn);
  };
  signal.addEventListener('abort', stopAll);
  const queue = inputs.values();
  const work = async (): Promise<void> => {
    for (const input of queue) {
      const name = randomUUID();
      const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      const child = { arn, name, machineArn, mapRunArn, input: JSON.stringify(input), steps: map.ItemProcessor };
      running.add(arn);
      const end = await run(child);
      running.delete(arn);
      ended.push(end);
      if (end.status === 'FAILED' || end.status === 'TIMED_OUT') failures += 1;
      if (isOver()) stopAll();
      if (isOver() || signal.aborted) return;
    }
  };
  // None at once means as many as there are.
  await Promise.all(Array.from({ length: Math.min(most || inputs.length, inputs.length) }, work));
  signal.removeEventListener('abort', stopAll);
  return { ended, isOver: isOver() };
}
