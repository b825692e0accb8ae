/** The functions of runs in this process, made at the first call: by then the environment names the local account. */
import { randomUUID } from 'node:crypto';
import { runPorts } from '#core/aws/run-ports.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { readEnvironment } from '#core/env.ts';
import type { RunFunctions } from '#core/local/automation/local-automation.ts';
import { networksOf } from '#core/networks/networks.ts';
import { once } from '#core/once.ts';
import type { Log } from '#core/ports/log.ts';
import { endRuns } from '../../lambdas/end-runs/end-runs.ts';
import { runScript } from '../../lambdas/run-script/run-script.ts';

/** As long as Lambda lets a function run, in milliseconds. */
const LIFE = 900_000;

/** `log` is asked for at the first call. */
export function runFunctions(log: () => Log): RunFunctions {
  const made = once(async () => {
    const environment = readEnvironment();
    const ports = runPorts(environment, log());
    const databases = databasesOf(environment);
    const networks = networksOf(environment);
    return { runScript: runScript({ ...ports, databases, networks }), endRuns: endRuns(ports) };
  });
  return {
    async runScript(event) {
      const begun = performance.now();
      const getRemainingTimeInMillis = () => LIFE - (performance.now() - begun);
      return (await made()).runScript(event, { awsRequestId: randomUUID(), getRemainingTimeInMillis });
    },
    endRuns: async (event) => (await made()).endRuns(event),
  };
}
