/**
 * Executions of the account's machines, really run: their definitions in JSONPath, interpreted in this process. They are kept as
 * long as the process lives.
 */
import type { StateMachine } from '../../automation/states-language.ts';
import { type Ended, interpret, type Json, type Steps } from './interpret.ts';
import type { MapObjects } from './map-objects.ts';
import { type Child, mapRun } from './map-run.ts';

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  /** Of the map that has begun it. */
  readonly mapRunArn?: string;
  /** As it was sent. */
  readonly input: string;
  readonly startedAt: Date;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly endedAt?: Date;
  readonly output?: string;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

interface Account {
  /** Definitions in JSONPath, by the ARNs of their machines. */
  readonly machines: Readonly<Record<string, StateMachine>>;
  readonly objects: MapObjects;
  /** Calls the function of runs. */
  run(event: unknown): Promise<unknown>;
  /** Tells people, where there is a topic. */
  tell(message: { subject: string; text: string }): void;
  /** Hears of each execution that has ended, those of a map's items too, as EventBridge would. */
  ended(execution: Execution): void;
}

export interface Executions extends AsyncDisposable {
  has(machineArn: string): boolean;
  /** Begins one under a name that is free. */
  start(machineArn: string, name: string, input: string): Execution;
  find(arn: string): Execution | undefined;
  /** Aborts it and those below it, if it has not ended: the function that it has called goes on, as it does in AWS. */
  stop(arn: string, why?: { error?: string | undefined; cause?: string | undefined }): Execution | undefined;
}

/** `…:stateMachine:NAME` has the executions `…:execution:NAME:…` (Step Functions, "ARN formats"). */
export const executionArn = (machineArn: string, name: string): string =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

export function executions(account: Account): Executions {
  const { machines, objects } = account;
  const known = new Map<string, Execution>();
  const running = new Map<string, { abort(): void; ended: Promise<unknown> }>();
  let isOpen = true;

  const byResource = {
    'states:::lambda:invoke': async ({ Payload }: Json) => {
      try {
        return { StatusCode: 200, Payload: (await account.run(Payload)) ?? null };
      } catch (thrown) {
        const { name: errorType, message: errorMessage } = thrown as Error;
        const cause = JSON.stringify({ errorType, errorMessage, trace: [] });
        throw Object.assign(new Error(cause), { name: errorType });
      }
    },
    'states:::sns:publish': async ({ Subject: subject, Message: text }: Json) => {
      account.tell({ subject, text });
      return {};
    },
  };

  const end = (arn: string, so: Partial<Execution>): Execution => {
    const execution = known.get(arn) as Execution;
    if (execution.status !== 'RUNNING') return execution;
    const ended = { ...execution, ...so, endedAt: new Date() };
    known.set(arn, ended);
    running.delete(arn);
    if (isOpen) account.ended(ended);
    return ended;
  };

  const stop: Executions['stop'] = (arn, why = {}) => {
    running.get(arn)?.abort();
    return known.has(arn) ? end(arn, { status: 'ABORTED', ...why }) : undefined;
  };

  const begin = ({ steps, ...begun }: Omit<Child, 'mapRunArn'>) => {
    const { arn, name, input } = begun;
    const execution: Execution = { ...begun, startedAt: new Date(), status: 'RUNNING' };
    known.set(arn, execution);
    const aborting = new AbortController();
    const parent = {
      execution,
      objects,
      signal: aborting.signal,
      isOpen: () => isOpen,
      run: (child: Child) => begin(child).ended,
      stop,
    };
    const interpretation = interpret(steps, {
      input: JSON.parse(input),
      context: { Execution: { Id: arn, Name: name } },
      tasks: { byResource, map: (state, given) => mapRun(state, given, parent) },
    });
    const ended = interpretation.ended.then((so) => end(arn, recordOf(so)));
    const abort = () => {
      interpretation.abort();
      aborting.abort();
    };
    running.set(arn, { abort, ended });
    return { execution, ended };
  };

  return {
    has: (machineArn) => Object.hasOwn(machines, machineArn),

    start(machineArn, name, input) {
      const steps = machines[machineArn] as Steps;
      return begin({ arn: executionArn(machineArn, name), name, machineArn, input, steps }).execution;
    },

    find: (arn) => known.get(arn),
    stop,

    async [Symbol.asyncDispose]() {
      // Whoever would hear of it ends as well.
      isOpen = false;
      const left = [...running.values()];
      for (const { abort } of left) abort();
      await Promise.all(left.map(({ ended }) => ended));
    },
  };
}

const recordOf = (ended: Ended): Partial<Execution> =>
  ended.status === 'SUCCEEDED' ? { status: ended.status, output: JSON.stringify(ended.output) } : ended;
