import type { Handlers } from '#core/http/handler.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Automations, Machine, Runner, Schedules } from '#core/ports/automations.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Results } from '#core/ports/results.ts';
import type { Runs } from '#core/ports/runs.ts';
import type { Scripts } from '#core/ports/scripts.ts';
import type { Store } from '#core/ports/store.ts';
import { checkAutomation } from './check-automation.ts';
import { deleteAutomation } from './delete-automation.ts';
import { listAutomations } from './list-automations.ts';
import { listRuns } from './list-runs.ts';
import { readAutomation } from './read-automation.ts';
import { runAutomation } from './run-automation.ts';
import { saveAutomation } from './save-automation.ts';
import { scheduleTimes } from './schedule-times.ts';
import { showResult } from './show-result.ts';
import { stopRun } from './stop-run.ts';

export interface AutomationPorts {
  readonly store: Pick<Store, 'instance'>;
  readonly automations: Automations;
  readonly scripts: Pick<Scripts, 'read'>;
  readonly runs: Pick<Runs, 'list' | 'read' | 'stop'>;
  readonly schedules: Schedules;
  readonly machine: Machine;
  readonly runner: Runner;
  readonly results: Results;
  readonly audit: Audit;
  readonly clock: Clock;
  /** What roles must trust and demand, where results lie, and whether somebody is told. */
  readonly deployed: Deployed;
}

interface Deployed {
  readonly runnerRoleArn: string;
  readonly externalId: string;
  readonly notifies: boolean;
  readonly bucket: string;
}

/** Automations: kept, checked, run and stopped, with what came of their runs. */
export const automations = (ports: AutomationPorts): Handlers<'automations'> => ({
  automations: listAutomations(ports),
  automation: readAutomation(ports),
  saveAutomation: saveAutomation(ports),
  deleteAutomation: deleteAutomation(ports),
  checkAutomation: checkAutomation(ports),
  scheduleTimes: scheduleTimes(ports),
  runAutomation: runAutomation(ports),
  runs: listRuns(ports),
  stopRun: stopRun(ports),
  result: showResult(ports),
});
