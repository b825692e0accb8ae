/**
 * Executions of the instance's machine, really run: its definition in JSONPath, interpreted in this process. They are kept as
 * long as the process lives.
 */
import { StateMachine } from 'aws-local-stepfunctions';
import { runMachineJsonPath } from '../../automation/run-machine-json-path.ts';
import type { Places } from '../../automation/states-language.ts';

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  /** As it was sent. */
  readonly input: string;
  readonly startedAt: Date;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly endedAt?: Date;
  readonly output?: string;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

export interface Machine {
  readonly arn: string;
  /** Calls the function of runs. */
  run(event: unknown): Promise<unknown>;
  /** Tells people, where there is a topic. */
  tell(message: { subject: string; text: string }): void;
  /** Hears of each execution that has ended, as EventBridge would. */
  ended(execution: Execution): void;
}

export interface Executions extends AsyncDisposable {
  /** Begins one under a name that is free. */
  start(name: string, input: string): Execution;
  find(arn: string): Execution | undefined;
  /** Aborts it, if it has not ended: the function that it has called goes on, as it does in AWS. */
  stop(arn: string, why: { error?: string | undefined; cause?: string | undefined }): Execution | undefined;
}

export function executions(machine: Machine): Executions {
  const known = new Map<string, Execution>();
  const running = new Map<string, { abort(): void; ended: Promise<void> }>();
  const places: Places = { partition: 'aws', runner: machine.arn, topic: 'topic', bucket: '' };
  const definition = JSON.parse(JSON.stringify(runMachineJsonPath(places)));

  let isOpen = true;

  const end = (arn: string, so: Partial<Execution>): void => {
    const execution = known.get(arn);
    if (execution?.status !== 'RUNNING') return;
    const ended = { ...execution, ...so, endedAt: new Date() };
    known.set(arn, ended);
    running.delete(arn);
    if (isOpen) machine.ended(ended);
  };

  return {
    start(name, input) {
      const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
      const execution: Execution = {
        arn,
        name,
        machineArn: machine.arn,
        input,
        startedAt: new Date(),
        status: 'RUNNING',
      };
      known.set(arn, execution);
      // The interpreter tells no name of an error: the last that a task threw is the one that ended it.
      let last: { error?: string; cause?: string } = {};
      const run = async (given: { Payload: unknown }) => {
        try {
          return { StatusCode: 200, Payload: (await machine.run(given.Payload)) ?? null };
        } catch (thrown) {
          const { name: errorType, message: errorMessage } = thrown as Error;
          const cause = JSON.stringify({ errorType, errorMessage, trace: [] });
          last = { error: errorType, cause };
          throw Object.assign(new Error(cause), { name: errorType });
        }
      };
      const tell = async ({ Subject: subject, Message: text }: { Subject: string; Message: string }) => {
        machine.tell({ subject, text });
        return {};
      };
      const started = new StateMachine(definition, { validationOptions: { noValidate: true } }).run(JSON.parse(input), {
        context: { Execution: { Id: arn, Name: name } } as never,
        overrides: {
          taskResourceLocalHandlers: {
            Run: run as never,
            'Tell of a failure': tell as never,
            'Tell of a success': tell as never,
          },
        },
      });
      const ended = started.result.then(
        (output) => end(arn, { status: 'SUCCEEDED', output: JSON.stringify(output) }),
        (thrown: Error) => end(arn, { status: 'FAILED', error: 'States.Runtime', cause: thrown.message, ...last }),
      );
      running.set(arn, { abort: started.abort, ended });
      return execution;
    },

    find: (arn) => known.get(arn),

    stop(arn, why) {
      running.get(arn)?.abort();
      end(arn, { status: 'ABORTED', ...why });
      return known.get(arn);
    },

    async [Symbol.asyncDispose]() {
      // Whoever would hear of it ends as well.
      isOpen = false;
      const left = [...running.values()];
      for (const { abort } of left) abort();
      await Promise.all(left.map(({ ended }) => ended));
    },
  };
}
