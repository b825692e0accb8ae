/** Step Functions: executions of the machines of the account, and tasks that wait (Step Functions API Reference). */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Execution, type Executions, executionArn } from '../automation/executions.ts';
import type { TaskTokens } from '../automation/task-tokens.ts';
import { Fault } from './fault.ts';
import { jsonService, parse } from './json-service.ts';
import type { JsonService } from './service.ts';

const ABOUT = { name: 'states', target: 'AWSStepFunctions', contentType: 'application/x-amz-json-1.0' };

/** In characters, of an input and of an output ("Quotas", state machine executions); here of ASCII alike. */
const DATA_LIMIT = 262_144;

const Start = z.object({
  stateMachineArn: z.string().min(1).max(256),
  name: z.string().min(1).max(80).optional(),
  input: z.string().max(DATA_LIMIT).default('{}'),
});
const OfExecution = z.object({ executionArn: z.string().min(1).max(256) });
const Stop = OfExecution.extend({
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const TaskToken = z.string().min(1).max(2_048);
const Success = z.object({ taskToken: TaskToken, output: z.string().max(DATA_LIMIT) });
const Failure = z.object({
  taskToken: TaskToken,
  error: z.string().max(256).default(''),
  cause: z.string().max(32_768).default(''),
});
const Heartbeat = z.object({ taskToken: TaskToken });

/** White space, brackets, wildcards, and signs that mean something elsewhere (StartExecution, `name`). */
const NOT_IN_A_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/]|\p{Cc}/u;

interface Account {
  readonly executions: Executions;
  readonly tokens: TaskTokens;
}

export const stepFunctions = ({ executions, tokens }: Account): JsonService => {
  const found = (arn: string): Execution => {
    const execution = executions.find(arn);
    if (!execution) throw new Fault('noExecution', `Execution Does Not Exist: '${arn}'`);
    return execution;
  };
  return jsonService(ABOUT, {
    StartExecution(body, caller) {
      const { stateMachineArn, input, name = randomUUID() } = parse(Start, body);
      caller.authorize('states:StartExecution', stateMachineArn);
      if (!executions.has(stateMachineArn))
        throw new Fault('noMachine', `State Machine Does Not Exist: '${stateMachineArn}'`);
      if (NOT_IN_A_NAME.test(name)) throw new Fault('invalidExecutionName', `Invalid Name: '${name}'`);
      if (!isJson(input)) throw new Fault('invalidExecutionInput', 'Invalid State Machine Execution Input');
      const known = executions.find(executionArn(stateMachineArn, name));
      // The same again, while it runs, is the same execution.
      if (known && !(known.status === 'RUNNING' && known.input === input))
        throw new Fault('executionExists', `Execution Already Exists: '${known.arn}'`);
      const { arn, startedAt } = known ?? executions.start(stateMachineArn, name, input);
      return { executionArn: arn, startDate: seconds(startedAt) };
    },

    DescribeExecution(body, caller) {
      const { executionArn: asked } = parse(OfExecution, body);
      caller.authorize('states:DescribeExecution', asked);
      const { arn, name, machineArn, mapRunArn, input, startedAt, endedAt, status, output, error, cause } =
        found(asked);
      return {
        executionArn: arn,
        stateMachineArn: machineArn,
        ...(mapRunArn !== undefined && { mapRunArn }),
        name,
        status,
        startDate: seconds(startedAt),
        ...(endedAt && { stopDate: seconds(endedAt) }),
        input,
        ...(output !== undefined && { output }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      };
    },

    StopExecution(body, caller) {
      const { executionArn: asked, error, cause } = parse(Stop, body);
      caller.authorize('states:StopExecution', asked);
      found(asked);
      const { endedAt = new Date() } = executions.stop(asked, { error, cause }) ?? {};
      return { stopDate: seconds(endedAt) };
    },

    SendTaskSuccess(body, caller) {
      const { taskToken, output } = parse(Success, body);
      caller.authorize('states:SendTaskSuccess', '*');
      if (!isJson(output)) throw new Fault('invalidOutput', 'Invalid Output: it is not JSON');
      return answered(tokens.succeed(taskToken, JSON.parse(output)));
    },

    SendTaskFailure(body, caller) {
      const { taskToken, ...failure } = parse(Failure, body);
      caller.authorize('states:SendTaskFailure', '*');
      return answered(tokens.fail(taskToken, failure));
    },

    SendTaskHeartbeat(body, caller) {
      const { taskToken } = parse(Heartbeat, body);
      caller.authorize('states:SendTaskHeartbeat', '*');
      return answered(tokens.beat(taskToken));
    },
  });
};

/** As the JSON protocol writes a time. */
const seconds = (time: Date): number => time.getTime() / 1_000;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const answered = (waits: boolean): object => {
  if (!waits) throw new Fault('noTask', 'Task Timed Out: there is no task that waits for this token');
  return {};
};
