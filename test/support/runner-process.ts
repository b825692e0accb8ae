/** The function of runs in a process of its own, which a test may kill: it does the input that it is sent, and tells the end. */
import { runPorts } from '#core/aws/run-ports.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { readEnvironment } from '#core/env.ts';
import { runScript } from '../../lambdas/run-script/run-script.ts';

const environment = readEnvironment();
const silent = { info() {}, error() {} };
const databases = databasesOf(environment);
const act = runScript({ ...runPorts(environment, silent), databases, networks: undefined, beatMs: 50 });

process.once('disconnect', () => process.exit(0));
process.once('message', async (input) => {
  const context = { awsRequestId: crypto.randomUUID(), getRemainingTimeInMillis: () => 120_000 };
  const told = await act(input, context).then(
    (answer) => ({ answer }),
    ({ name, message }: Error) => ({ name, message }),
  );
  process.send?.(told);
});
