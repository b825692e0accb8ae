/**
 * What came of the runs of a map, in files below its prefix, as Step Functions writes them (Developer Guide, "ResultWriter",
 * without a transformation): one for each way to end, and a manifest that names them.
 */
import type { Execution } from './executions.ts';
import type { MapObjects } from './map-objects.ts';

export interface MapEnd {
  readonly mapRunArn: string;
  readonly ended: readonly Execution[];
  /** The inputs of those that were never begun. */
  readonly pending: readonly unknown[];
}

interface Place {
  readonly bucket: string;
  /** Without the slash at its end. */
  readonly prefix: string;
}

/** Answers with where the manifest is. */
export async function writeAnswers(
  objects: MapObjects,
  { bucket, prefix }: Place,
  { mapRunArn, ended, pending }: MapEnd,
): Promise<{ Bucket: string; Key: string }> {
  const folder = `${prefix}/${mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1)}`;
  const succeeded = ended.filter(({ status }) => status === 'SUCCEEDED');
  const failed = ended.filter(({ status }) => status !== 'SUCCEEDED');
  const written = async (name: string, records: readonly object[]) => {
    if (records.length === 0) return [];
    const key = `${folder}/${name}_0.json`;
    return [{ Key: key, Size: await objects.write({ bucket, key }, records) }];
  };
  const manifest = {
    DestinationBucket: bucket,
    MapRunArn: mapRunArn,
    ResultFiles: {
      FAILED: await written('FAILED', failed.map(recordOf)),
      PENDING: await written('PENDING', pending.map(pendingRecord)),
      SUCCEEDED: await written('SUCCEEDED', succeeded.map(recordOf)),
    },
  };
  const key = `${folder}/manifest.json`;
  await objects.write({ bucket, key }, manifest);
  return { Bucket: bucket, Key: key };
}

const INCLUDED = { Included: true };

const recordOf = (execution: Execution): object => {
  const { arn, name, machineArn, input, status, startedAt, endedAt, output, error, cause } = execution;
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: arn,
    Input: input,
    InputDetails: INCLUDED,
    Name: name,
    ...(output !== undefined && { Output: output, OutputDetails: INCLUDED }),
    RedriveCount: 0,
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: `Execution is ${status} and cannot be redriven`,
    StartDate: startedAt.toISOString(),
    StateMachineArn: machineArn,
    Status: status,
    StopDate: endedAt?.toISOString(),
  };
};

const pendingRecord = (input: unknown): object => ({
  Input: JSON.stringify(input),
  InputDetails: INCLUDED,
  Status: 'PENDING',
});
