/**
 * The same machine in JSONPath: for the machine of the local mode, whose interpreter knows nothing else, and for those who
 * write JSONPath. The runs of an execution that has characters in its name which a run may not have are refused here.
 */
import { catchingJsonPath, endingsJsonPath, succeededJsonPath } from './endings-json-path.ts';
import { MACHINE_SECONDS } from './retries.ts';
import { EXECUTION_JSON_PATH, runTask } from './run-task.ts';
import type { Places, StateMachine } from './states-language.ts';

export const runMachineJsonPath = (places: Places): StateMachine => ({
  Comment: 'Runs a saved script of Lodge: {"automationId": "…"}, or a plan of its own; see docs/automation.md',
  QueryLanguage: 'JSONPath',
  TimeoutSeconds: MACHINE_SECONDS,
  StartAt: 'Name the run',
  States: {
    'Name the run': {
      Type: 'Pass',
      Parameters: EXECUTION_JSON_PATH,
      ResultPath: '$.execution',
      Next: 'Run',
    },
    Run: {
      ...runTask({ language: 'JSONPath', places, payload: '$' }),
      // The input stays, for it says who is told.
      OutputPath: '$',
      ResultSelector: { 'answer.$': '$.Payload' },
      ResultPath: '$.run',
      Catch: catchingJsonPath(places),
      Next: succeededJsonPath(places),
    },
    ...endingsJsonPath(places, { line: '{} rows', path: '$.run.answer.rows' }),
  },
});
