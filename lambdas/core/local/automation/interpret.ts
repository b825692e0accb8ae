/**
 * Interprets a machine in JSONPath in this process. What the interpreter knows nothing of, a Map in Distributed mode, is a task
 * to it: whoever hands in the tasks does that, too.
 */
import { ExecutionTimeoutError, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { StateMachine as Definition, State } from '../../automation/states-language.ts';

/** What is in JSON. */
export type Json = ReturnType<typeof JSON.parse>;

/** As much of a machine as an item of a map has. */
export type Steps = Pick<Definition, 'StartAt' | 'States'>;

interface Tasks {
  /** By the ARN of a resource without its partition. Throws errors whose `name` machines catch. */
  readonly byResource: Readonly<Record<string, (given: Json) => Promise<Json>>>;
  /** A Map in Distributed mode, with the input of its state. */
  map(state: State, input: Json): Promise<Json>;
}

interface Given {
  readonly input: Json;
  /** Of the context object what is not of a state: `Execution`, and `Map` within an item. */
  readonly context: { readonly Execution: { readonly Id: string; readonly Name: string }; readonly Map?: object };
  readonly tasks?: Tasks;
}

export type Ended =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED' | 'TIMED_OUT'; readonly error: string; readonly cause: string };

interface Interpretation {
  /** Never rejects. */
  readonly ended: Promise<Ended>;
  /** Ends it at once; tasks that were begun are left alone. */
  abort(): void;
}

/** The longest that a timer waits (HTML, "timers"), in seconds: without a word the interpreter ends a task after a minute. */
const LONGEST_SECONDS = Math.floor((2 ** 31 - 1) / 1_000);

export function interpret({ States: defined, ...steps }: Steps, { input, context, tasks }: Given): Interpretation {
  // It writes into what it is handed: `States.JsonMerge` merges into its first argument.
  const states = Object.entries<State>(JSON.parse(JSON.stringify(defined)));
  const definition = { ...steps, States: Object.fromEntries(states.map(([name, state]) => [name, known(state)])) };
  const handlers = states.map(([name, state]) => [name, handlerOf(state, tasks)] as const);
  const machine = new StateMachine(definition as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const { result, abort } = machine.run(input, {
    context: context as never,
    overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
  });
  return { ended: result.then((output) => ({ status: 'SUCCEEDED', output }), endOf), abort };
}

const handlerOf =
  (state: State, tasks: Tasks | undefined) =>
  async (given: Json): Promise<Json> => {
    if (state.Type === 'Map') return tasks?.map(state, given);
    const resource = String(state.Resource).replace(/^arn:[\w-]+:/, '');
    const task = tasks?.byResource[resource];
    if (!task) throw failure('States.Runtime', `There is no ${resource} here.`);
    return task(given);
  };

/** The state, as the interpreter takes it: it knows two things only of a Map that it may not run itself. */
const known = ({ ItemReader: _, ResultWriter: __, ItemProcessor: ___, QueryLanguage: ____, ...state }: State) =>
  state.Type === 'Map' ? { ...state, Type: 'Task', TimeoutSeconds: LONGEST_SECONDS } : state;

/** The interpreter wraps the error that ended a machine. */
const endOf = (thrown: Error): Ended => {
  if (thrown instanceof ExecutionTimeoutError)
    return { status: 'TIMED_OUT', error: 'States.Timeout', cause: thrown.message };
  const { name, message } = thrown.cause instanceof Error ? thrown.cause : thrown;
  return { status: 'FAILED', error: name, cause: message };
};

/**
 * A template of fields (`name.$` is a path, or a function of the language), filled in. Throws what its state would fail with.
 */
export async function filled(template: Json, given: Omit<Given, 'tasks'>): Promise<Json> {
  const steps: Steps = { StartAt: 'Fill', States: { Fill: { Type: 'Pass', Parameters: template, End: true } } };
  const ended = await interpret(steps, given).ended;
  if (ended.status === 'SUCCEEDED') return ended.output;
  throw failure(ended.error, ended.cause);
}

/** An error as a task throws it. `States.Runtime` is caught by nobody (States Language, "Error representation"). */
export const failure = (name: string, message: string): Error =>
  Object.assign(new Error(message), {
    name,
    ...(name === 'States.Runtime' && { isCatchable: false, isRetryable: false }),
  });
