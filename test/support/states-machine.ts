/**
 * Interprets a machine in JSONata, as far as those of Lodge go: Step Functions itself runs nowhere but in AWS. Source:
 * states-language.net, and Step Functions Developer Guide, "Transforming data with JSONata". Pauses are left out.
 */
import jsonata from 'jsonata';
import type { State, StateMachine } from '#core/automation/states-language.ts';

/** What a task does, by the resource that it names; it throws errors whose `name` machines catch. */
export type Tasks = (resource: string, given: Record<string, unknown>) => unknown;

export interface Execution {
  readonly Id: string;
  readonly Name: string;
  readonly StartTime: string;
}

export class Failed extends Error {
  override readonly name = 'Failed';
  readonly error: string;
  readonly path: readonly string[];
  constructor(error: string, cause: string, path: readonly string[]) {
    super(cause);
    this.error = error;
    this.path = path;
  }
}

/** What the machine answers, and the states that it came through. Throws `Failed`. */
export async function runJsonata(
  machine: Pick<StateMachine, 'StartAt' | 'States'>,
  input: unknown,
  { execution, tasks }: { execution: Execution; tasks: Tasks },
): Promise<{ output: unknown; path: readonly string[] }> {
  const path: string[] = [];
  let name = machine.StartAt;
  let data = input;
  for (;;) {
    path.push(name);
    const state = machine.States[name];
    if (!state) throw new Error(`There is no state ${name}.`);
    const context = { Execution: { ...execution, Input: input }, State: { Name: name, EnteredTime: ENTERED } };
    const here: Here = { input: data, context, tasks };
    if (state.Type === 'Fail')
      throw new Failed(String(await read(state.Error, here)), String(await read(state.Cause, here)), path);
    const next = await KINDS[state.Type]?.(state, here);
    if (!next) throw new Error(`States of the type ${state.Type} are not interpreted.`);
    data = next.output;
    if (next.goesTo === undefined) return { output: data, path };
    name = next.goesTo;
  }
}

const ENTERED = '2026-11-24T03:00:01.250Z';

interface Here {
  readonly input: unknown;
  readonly context: object;
  readonly tasks: Tasks;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

interface Next {
  readonly output: unknown;
  readonly goesTo: string | undefined;
}

/** Every expression within a value, in its place. A result that is nothing is an error, as in AWS. */
export async function read(value: unknown, { tasks: _, ...states }: Partial<Here>): Promise<unknown> {
  if (typeof value === 'string') {
    const [, expression] = /^\{% (.*) %\}$/s.exec(value) ?? [];
    if (!expression) return value;
    const compiled = jsonata(expression);
    compiled.registerFunction('parse', (text: string) => JSON.parse(text), '<s:x>');
    const found: unknown = await compiled.evaluate({}, { states });
    if (found === undefined) throw named('States.QueryEvaluationError', `${expression} is nothing`);
    return JSON.parse(JSON.stringify(found));
  }
  if (Array.isArray(value)) return Promise.all(value.map((each) => read(each, states)));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(async ([key, each]) => [key, await read(each, states)]);
  return Object.fromEntries(await Promise.all(fields));
}

export const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const outputOf = async ({ Output }: Partial<Record<string, unknown>>, here: Here, otherwise: unknown) =>
  Output === undefined ? otherwise : read(Output, here);

const KINDS: Readonly<Record<string, (state: State, here: Here) => Promise<Next>>> = {
  async Succeed(state, here) {
    return { output: await outputOf(state, here, here.input), goesTo: undefined };
  },
  async Choice(state, here) {
    for (const { Condition, Next: goesTo } of state.Choices as { Condition: string; Next: string }[])
      if ((await read(Condition, here)) === true) return { output: here.input, goesTo };
    return { output: here.input, goesTo: String(state.Default) };
  },
  Task: (state, here) =>
    caught(state, here, async () => {
      const given = (await read(state.Arguments, here)) as Record<string, unknown>;
      return tried(state, () => here.tasks(String(state.Resource), given));
    }),
  Map: (state, here) => caught(state, here, () => mapped(state, here)),
};

async function caught(state: State, here: Here, run: () => Promise<unknown>): Promise<Next> {
  try {
    const result = await run();
    return { output: await outputOf(state, { ...here, result }, result), goesTo: state.Next };
  } catch (thrown) {
    const { name, message } = thrown as Error;
    const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, name));
    if (!catcher) throw thrown;
    const errorOutput = { Error: name, Cause: message };
    return { output: await outputOf({ ...catcher }, { ...here, errorOutput }, errorOutput), goesTo: catcher.Next };
  }
}

const matches = (names: readonly string[], name: string): boolean =>
  names.some((each) => each === name || each === 'States.ALL' || each === 'States.TaskFailed');

async function tried(state: State, run: () => unknown): Promise<unknown> {
  const left = new Map(state.Retry?.map((retrier) => [retrier, retrier.MaxAttempts]));
  for (;;)
    try {
      return await run();
    } catch (thrown) {
      const retrier = state.Retry?.find(({ ErrorEquals }) => matches(ErrorEquals, (thrown as Error).name));
      const attempts = retrier ? (left.get(retrier) ?? 0) : 0;
      if (!retrier || attempts === 0) throw thrown;
      left.set(retrier, attempts - 1);
    }
}

interface MapFields {
  readonly Label: string;
  readonly Items?: unknown;
  readonly ItemReader?: { readonly Resource: string; readonly Arguments: unknown };
  readonly ItemSelector: unknown;
  readonly ItemProcessor: Pick<StateMachine, 'StartAt' | 'States'>;
  readonly MaxConcurrency: unknown;
  readonly ToleratedFailurePercentage: unknown;
  readonly ResultWriter: { readonly Resource: string; readonly Arguments: unknown };
}

/** Each item is an execution of its own; the answers are written, and where they are is the result. */
async function mapped(state: State, here: Here): Promise<unknown> {
  const map = state as unknown as MapFields;
  const { ItemReader: reader, ResultWriter: writer } = map;
  const items = reader
    ? await here.tasks(reader.Resource, (await read(reader.Arguments, here)) as Record<string, unknown>)
    : await read(map.Items, here);
  if (!Array.isArray(items)) throw named('States.QueryEvaluationError', 'the items are no array');
  const most = await read(map.MaxConcurrency, here);
  if (!Number.isInteger(most)) throw named('States.QueryEvaluationError', 'no number of concurrent runs');
  const { tasks, ...within } = here;
  const results: unknown[] = [];
  let failures = 0;
  for (const [Index, Value] of items.entries()) {
    const context = { ...within.context, Map: { Item: { Index, Value } } };
    const input = await read(map.ItemSelector, { ...within, context });
    const child = {
      Id: `arn:aws:states:eu-central-1:111122223333:execution:map/${map.Label}:child-${Index}`,
      Name: `child-${Index}`,
      StartTime: ENTERED,
    };
    try {
      results.push((await runJsonata(map.ItemProcessor, input, { execution: child, tasks })).output);
    } catch {
      failures += 1;
    }
  }
  const tolerated = Number(await read(map.ToleratedFailurePercentage, here));
  if (failures * 100 > tolerated * items.length)
    throw named('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
  await here.tasks(writer.Resource, { ...((await read(writer.Arguments, here)) as object), Body: results });
  return { MapRunArn: 'arn:aws:states:eu-central-1:111122223333:mapRun:map/items:1', ResultWriterDetails: {} };
}
