import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { CheckStep } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { Runner } from '../ports/automations.ts';
import type { CallAgain } from '../ports/runs.ts';
import { explainOwnError } from './aws-errors.ts';
import { ownConfig } from './clients.ts';

const Answer = z.object({ steps: z.array(CheckStep) });

/** A login may take its time, and the route's function lasts a minute: the socket waits a little less, and only once. */
const PATIENCE = { requestTimeout: 50_000, connectionTimeout: 2_000, throwOnRequestTimeout: true };

/** Asks the function `run-script`, by its name or ARN. Errors: AWS_UNAVAILABLE, THROTTLED, INTERNAL. */
export const lambdaRunner = (FunctionName: string): Runner => ({
  async check(plan) {
    const client = new LambdaClient({ ...ownConfig(), maxAttempts: 1, requestHandler: PATIENCE });
    const Payload = Buffer.from(JSON.stringify({ check: plan }));
    try {
      const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
      if (answer.FunctionError) throw new AppError('AWS_UNAVAILABLE', { message: FAILED });
      return Answer.parse(JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8'))).steps;
    } catch (error) {
      throw explainOwnError(error);
    } finally {
      // Its pool of sockets is its own.
      client.destroy();
    }
  },
});

/** The function calls itself, and Lambda keeps the event until its turn comes (`InvocationType`: Lambda API reference, Invoke). */
export function callingAgain(FunctionName: string): CallAgain {
  const client = new LambdaClient(ownConfig());
  return async (input) => {
    const Payload = Buffer.from(JSON.stringify(input));
    await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload })).catch((error: unknown) => {
      throw explainOwnError(error);
    });
  };
}

const FAILED = 'The function that runs scripts failed to check this. Its log group says more.';
