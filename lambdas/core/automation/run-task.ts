/** The state that runs a script, for the machines of Lodge and for those of others. */
import { ATTEMPT_SECONDS, RETRY } from './retries.ts';
import { jsonata, type Places, type QueryLanguage, type State } from './states-language.ts';

/** Characters that the name of an execution may have (Step Functions, StartExecution), and that of a run may not. */
const safe = (expression: string): string => `$replace(${expression}, /[^A-Za-z0-9_.:+=@-]/, '_')`;

/** The run of an execution that does one, in JSONPath. */
export const EXECUTION_JSON_PATH = {
  'arn.$': '$$.Execution.Id',
  'name.$': '$$.Execution.Name',
  'startedAt.$': '$$.Execution.StartTime',
} as const;

/**
 * One run of an execution that may do several: what it asks for tells it from others, and when its state was entered, which
 * is another moment in each round of a loop and the same in each attempt.
 */
const ONE_STATE: Record<QueryLanguage, object> = {
  JSONata: {
    arn: jsonata('$states.context.Execution.Id'),
    name: jsonata(safe('$states.context.Execution.Name')),
    startedAt: jsonata('$states.context.Execution.StartTime'),
    enteredAt: jsonata('$states.context.State.EnteredTime'),
  },
  JSONPath: {
    ...EXECUTION_JSON_PATH,
    'enteredAt.$': '$$.State.EnteredTime',
  },
};

/** What one of several runs of an execution is called with; in a callback the answer is sent to its token. */
export const ofOneState = (language: QueryLanguage, input: object, callback = false): object => ({
  execution: ONE_STATE[language],
  ...input,
  ...(callback && TOKEN[language]),
});

const TOKEN: Record<QueryLanguage, object> = {
  JSONata: { taskToken: jsonata('$states.context.Task.Token') },
  JSONPath: { 'taskToken.$': '$$.Task.Token' },
};

/** A call answers with more than the function does; a callback with what was sent. */
const ANSWER: Record<QueryLanguage, object> = {
  JSONata: { Output: jsonata('$states.result.Payload') },
  JSONPath: { OutputPath: '$.Payload' },
};

/** A callback may go on in many functions, and wait for its turn: a day, unless its state says otherwise. */
const CALLBACK_SECONDS = 86_400;

/** Nobody tells of a run whose function was ended without a word. Meanwhile it may wait for its turn for as long. */
const HEARTBEAT_SECONDS = 3_600;

interface Asked {
  readonly language: QueryLanguage;
  readonly places: Pick<Places, 'partition' | 'runner'>;
  /** What it takes, in the state's language; in JSONPath a string is a path. See `RunInput`. */
  readonly payload: object | string;
  /** True: the state ends when the function sends the answer, and nobody waits for the call itself. */
  readonly callback?: boolean;
  /** So long a callback may take; left out: a day. */
  readonly seconds?: number | undefined;
}

/** Without `Next` and `End`. */
export function runTask({ language, places, payload, callback = false, seconds = CALLBACK_SECONDS }: Asked): State {
  const isPath = language === 'JSONPath' && typeof payload === 'string';
  const called = {
    FunctionName: places.runner,
    ...(callback && { InvocationType: 'Event' }),
    [isPath ? 'Payload.$' : 'Payload']: payload,
  };
  return {
    Type: 'Task',
    QueryLanguage: language,
    Resource: `arn:${places.partition}:states:::lambda:invoke${callback ? '.waitForTaskToken' : ''}`,
    [language === 'JSONata' ? 'Arguments' : 'Parameters']: called,
    ...(callback ? {} : ANSWER[language]),
    TimeoutSeconds: callback ? seconds : ATTEMPT_SECONDS,
    ...(callback && { HeartbeatSeconds: Math.min(HEARTBEAT_SECONDS, seconds - 1) }),
    Retry: RETRY,
  };
}

/**
 * In a machine whose executions do one run each: the execution is the run, and its input is what the function takes. That the
 * input names an execution of a map above it is the one thing of it that is taken over.
 */
export const runOfExecution = (places: Places): State =>
  runTask({
    language: 'JSONata',
    places,
    payload: jsonata(`$merge([$states.input, {
      'execution': {
        'arn': $states.context.Execution.Id,
        'name': ${safe('$states.context.Execution.Name')},
        'startedAt': $states.context.Execution.StartTime,
        'parentArn': $states.input.execution.parentArn
      }
    }])`),
  });
