/** The machine of an instance: one execution is one run of an automation, or of a plan that its input holds. */
import { catching, endings, succeeded } from './endings.ts';
import { MACHINE_SECONDS } from './retries.ts';
import { runOfExecution } from './run-task.ts';
import type { Places, StateMachine } from './states-language.ts';

export const runMachine = (places: Places): StateMachine => ({
  Comment: 'Runs a saved script of Lodge: {"automationId": "…"}, or a plan of its own; see docs/automation.md',
  QueryLanguage: 'JSONata',
  TimeoutSeconds: MACHINE_SECONDS,
  StartAt: 'Run',
  States: {
    Run: {
      ...runOfExecution(places),
      Catch: catching(places),
      Next: succeeded(places),
    },
    ...endings(places),
  },
});
