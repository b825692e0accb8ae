/** What runs automations in the local account: the machines, schedules that fire, and the functions that they call. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNNER, SCHEDULE_GROUP } from '../account/principals.ts';
import type { WholeFunction } from '../aws/lambda.ts';
import { scheduler } from '../aws/scheduler.ts';
import type { Service } from '../aws/service.ts';
import { stepFunctions } from '../aws/step-functions.ts';
import { type Execution, executions } from './executions.ts';
import { MACHINES } from './machines.ts';
import type { MapObjects } from './map-objects.ts';
import { taskTokens } from './task-tokens.ts';

/** The functions of the product that nobody calls over HTTP; first called after the environment is set. */
export interface RunFunctions {
  readonly runScript: WholeFunction;
  readonly endRuns: WholeFunction;
}

interface Options {
  readonly folder: string;
  readonly functions: RunFunctions;
  /** Where maps read items and write answers. */
  readonly objects: MapObjects;
  print(line: string): void;
}

export interface LocalAutomation extends AsyncDisposable {
  readonly services: readonly Service[];
  /** By their names in Lambda. */
  readonly functions: Readonly<Record<string, WholeFunction>>;
}

/** Where the schedules of a folder are kept. */
export const SCHEDULES_FILE = 'schedules.json';

export function localAutomation({ folder, functions, objects, print }: Options): LocalAutomation {
  const running = executions({
    machines: MACHINES,
    objects,
    run: functions.runScript,
    tell: ({ subject, text }) => print(`Notice  ${subject}\n${text}`),
    ended: (execution) => void tellOfEnd(execution, functions).catch(() => print(`Its runs go on: ${execution.arn}`)),
  });
  const schedules = scheduler({
    group: SCHEDULE_GROUP,
    kept: readSchedules(folder),
    keep: (all) => writeFileSync(join(folder, SCHEDULES_FILE), JSON.stringify(all)),
    start({ arn, input }) {
      if (running.has(arn)) running.start(arn, crypto.randomUUID(), input);
      else print(`A schedule starts what is not there: ${arn}`);
    },
  });
  return {
    services: [schedules.service, stepFunctions({ executions: running, tokens: taskTokens() })],
    functions: { [RUNNER]: functions.runScript },
    async [Symbol.asyncDispose]() {
      schedules[Symbol.dispose]();
      await running[Symbol.asyncDispose]();
    },
  };
}

function readSchedules(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, SCHEDULES_FILE), 'utf8'));
  } catch {
    return [];
  }
}

/** As the rule of the stack does: what has called functions leaves them running. */
async function tellOfEnd({ arn: executionArn, status }: Execution, { endRuns }: RunFunctions): Promise<void> {
  if (status === 'SUCCEEDED') return;
  const detail = { executionArn, status };
  await endRuns({ source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', detail });
}
