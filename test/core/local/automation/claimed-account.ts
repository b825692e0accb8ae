/** The local account with the functions of runs, claimed, and what tests ask it with. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, type DescribeExecutionOutput, SFNClient } from '@aws-sdk/client-sfn';
import { ScriptDraft } from '#contract/scripts.ts';
import { InstanceSettings } from '#contract/settings.ts';
import { runPorts } from '#core/aws/run-ports.ts';
import { readEnvironment } from '#core/env.ts';
import { ACCOUNT_ID, HOME_REGION, RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { ROLES, roleArn } from '#core/local/account/roles.ts';
import { startLocalAccount } from '#core/local/local-account.ts';
import { runFunctions } from '../../../../bin/local/run-functions.ts';
import { until } from '../../../e2e/until.ts';
import { recordingLog } from '../../../support/ports.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export const BY = { id: 'aws:111122223333:AIDAMARIA', name: 'maria' };
export const ROLE = roleArn(ROLES.nightly);

export type ClaimedAccount = Awaited<ReturnType<typeof startClaimedAccount>>;

/** One at a time in a process: the SDK finds its endpoint in the environment. */
export async function startClaimedAccount() {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await temporaryFolder());
  const printed: string[] = [];
  const { log } = recordingLog();
  const account = starting.use(
    await startLocalAccount({
      folder: folder.path,
      fresh: false,
      eventsRows: 100,
      runs: runFunctions(() => log),
      print: (line) => void printed.push(line),
    }),
  );
  const before = { ...process.env };
  starting.defer(() => {
    process.env = before;
  });
  Object.assign(process.env, account.environment);
  const environment = readEnvironment();
  const ports = runPorts(environment, log);
  await ports.store.claim(
    {
      ...InstanceSettings.parse({ name: 'Harbour', regions: ['eu-central-1', 'us-east-1'] }),
      automation: { automators: 'editor', roles: [ROLE] },
      partition: 'aws',
      accountId: ACCOUNT_ID,
      administratorArn: `arn:aws:iam::${ACCOUNT_ID}:user/ada`,
      claimedAt: new Date().toISOString(),
      revision: 1,
    },
    { id: BY.id, arn: `arn:aws:iam::${ACCOUNT_ID}:user/ada`, name: 'ada', kind: 'user' },
  );

  const { accessKeyId, secretAccessKey } = account.demoUsers[0] ?? { accessKeyId: '', secretAccessKey: '' };
  const ada = { endpoint: account.endpoint, region: HOME_REGION, credentials: { accessKeyId, secretAccessKey } };
  const s3 = new S3Client(ada);
  const machines = new SFNClient(ada);
  const started = starting.move();
  return {
    account,
    environment,
    ports,
    printed,
    /** With the keys of Ada, who may do everything. */
    machines,

    /** Saves a script of PostgreSQL, which every plan may run. */
    save: (text: string, parameters: readonly object[] = []) =>
      ports.scripts.create(
        ScriptDraft.parse({ name: 'Nightly', engine: 'postgres', text, parameters, shared: true }),
        BY,
      ),

    async textOf(key: string): Promise<string> {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: RESULTS_BUCKET, Key: key }));
      return (await Body?.transformToString()) ?? '';
    },

    /** The execution, once it has ended. */
    async endOf(executionArn: string | undefined): Promise<DescribeExecutionOutput> {
      const describe = () => machines.send(new DescribeExecutionCommand({ executionArn }));
      await until(`the end of ${executionArn}`, async () => (await describe()).status !== 'RUNNING');
      return describe();
    },

    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
