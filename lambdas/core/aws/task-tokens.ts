/** Answers the tasks of state machines that wait for a token (Step Functions API reference, SendTaskSuccess). */
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  type SFNServiceException,
} from '@aws-sdk/client-sfn';
import type { TaskTokens } from '../ports/runs.ts';
import { explainOwnError } from './aws-errors.ts';
import { ownConfig } from './clients.ts';

/** The task has ended, has timed out, or was never there. */
const GONE: readonly string[] = ['TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken'];

/** The longest cause that it takes, in characters. */
const CAUSE = 32_768;

export function taskTokens(): TaskTokens {
  const client = new SFNClient(ownConfig());
  const told = async (call: Promise<unknown>): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (error) {
      if (GONE.includes((error as SFNServiceException).name)) return false;
      throw explainOwnError(error);
    }
  };
  return {
    succeed: (taskToken, answer) =>
      told(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) }))),
    fail: (taskToken, { name: error, message }) =>
      told(client.send(new SendTaskFailureCommand({ taskToken, error, cause: message.slice(0, CAUSE) }))),
    beat: (taskToken) => told(client.send(new SendTaskHeartbeatCommand({ taskToken }))),
  };
}
