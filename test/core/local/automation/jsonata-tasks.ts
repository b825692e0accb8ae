/** What tasks of a machine in JSONata do in the local account: the function of runs is called as Lambda calls it. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { readCsv } from '#core/local/automation/read-csv.ts';
import { named, type Tasks } from '../../../support/states-machine.ts';
import type { ClaimedAccount } from './claimed-account.ts';

interface Watched {
  readonly tasks: Tasks;
  /** What people were told. */
  readonly told: string[];
  /** What was written of each map. */
  readonly written: unknown[];
}

/** Calls with the keys of the service, and reads files of items with those of Ada. */
export function jsonataTasks({ textOf }: ClaimedAccount): Watched {
  const told: string[] = [];
  const written: unknown[] = [];
  const lambda = new LambdaClient({});
  const byResource: Record<string, (given: Record<string, string>) => unknown> = {
    async 'arn:aws:states:::lambda:invoke'({ FunctionName, Payload }) {
      const call = new InvokeCommand({
        FunctionName: FunctionName?.split(':').at(-1),
        Payload: JSON.stringify(Payload),
      });
      const answer = await lambda.send(call);
      const text = answer.Payload?.transformToString() ?? '';
      if (answer.FunctionError) throw named(JSON.parse(text).errorType, text);
      return { StatusCode: 200, Payload: JSON.parse(text) };
    },
    'arn:aws:states:::s3:getObject': async ({ Key = '' }) => readCsv(await textOf(Key)),
    'arn:aws:states:::s3:putObject': ({ Body }) => written.push(Body),
    'arn:aws:states:::sns:publish': ({ Message = '' }) => told.push(Message),
  };
  return { told, written, tasks: (resource, given) => byResource[resource]?.(given as Record<string, string>) };
}
