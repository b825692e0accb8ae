/** The way back in, against an AWS that verifies signatures and policies. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoStore } from '#core/aws/store/store.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { dynamoDb } from '#core/local/aws/dynamo-db.ts';
import { type AwsEndpoint, startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import { sts } from '#core/local/aws/sts.ts';
import { startDynamoDb } from '#core/local/dynamo-db/start-dynamo-db.ts';
import type { Credentials } from '#core/ports/identity.ts';
import type { Store } from '#core/ports/store.ts';
import { runInstance } from '../../bin/instance/run.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance } from '../support/ports.ts';

const ROOT = join(import.meta.dirname, '../..');
const registry = createRegistry(Buffer.alloc(32, 4));
const user = (name: string, id = `AIDA${name}`) => ({
  ...sessionOf('reader').user,
  id: `aws:111122223333:${id}`,
  arn: `arn:aws:iam::111122223333:user/${name}`,
  name,
});
const [ada, bob, cleo] = [user('ada'), user('bob'), user('cleo')];

const stack = new AsyncDisposableStack();
const environment = { ...process.env };
let endpoint: AwsEndpoint;
let documents: DynamoDBDocumentClient;
let store: Store;
beforeAll(async () => {
  const folder = stack.use(await temporaryFolder()).path;
  const { forward } = stack.use(await startDynamoDb({ folder, java: false, demo: false }));
  endpoint = stack.use(await startAwsEndpoint({ registry, services: [sts(registry), dynamoDb(forward)] }));
  const credentials = registry.longTerm('ada');
  documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: endpoint.url, region: 'eu-central-1', credentials }),
  );
  store = dynamoStore(documents, 'lodge', () => new Date());
  await writeFile(join(folder, 'config'), profile('ada'));
  Object.assign(process.env, { AWS_CONFIG_FILE: join(folder, 'config'), AWS_EC2_METADATA_DISABLED: 'true' });
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'none');
});
afterAll(async () => {
  process.env = environment;
  await stack.disposeAsync();
});
beforeEach(() => as(registry.longTerm('ada')));

const profile = (name: 'ada') => {
  const { accessKeyId, secretAccessKey } = registry.longTerm(name);
  return `[profile work]\nregion = eu-central-1\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
};

function as(keys: Credentials | undefined) {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_REGION'])
    delete process.env[name];
  if (keys)
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey });
}

/** Runs a command; `answer` is what somebody types. */
async function run(
  command: string[],
  { answer, at = ['--region', 'eu-central-1'] }: { answer?: string; at?: string[] } = {},
) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await runInstance([...command, '--endpoint', endpoint.url, ...at], {
    print: (line) => void said.push(line),
    complain: (line) => void complained.push(line),
    ...(answer !== undefined && { ask: async () => answer }),
  });
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}

const items = async () => (await documents.send(new ScanCommand({ TableName: 'lodge' }))).Items ?? [];
const records = async () =>
  (await items())
    .filter(({ pk }) => String(pk).startsWith('AUDIT#'))
    .toSorted((a, b) => (String(a.at) < String(b.at) ? -1 : 1));

/** Claimed by Ada, who has blocked herself out by hand; Bob reads, Cleo was blocked. */
async function lost() {
  await store.claim({ ...claimedInstance, name: 'Harbour' }, ada);
  await store.seen(bob, { role: 'reader' });
  await store.seen(cleo, { role: 'editor' });
  await store.changeUser(cleo.id, { kind: 'block' });
  const record = await store.user(ada.id);
  await documents.send(
    new PutCommand({ TableName: 'lodge', Item: { pk: 'USERS', sk: ada.id, ...record, role: 'reader' } }),
  );
}
afterEach(() => run(['release', '--yes']));

test('show says whose the instance is, its settings, and who may come in as an administrator', async () => {
  expect((await run(['show'])).said).toContain('Instance    not claimed');
  await lost();
  await store.changeUser(bob.id, { kind: 'role', role: 'administrator' });
  const { code, said } = await run(['show']);
  expect(code).toBe(0);
  for (const text of [
    `Table       lodge in eu-central-1 at ${endpoint.url}`,
    'Instance    Harbour',
    'Account     111122223333 (aws)',
    'Limits      1,000,000 rows, 840 seconds, 10 scripts at once, scans of 1,000,000 items or 1,000 MB',
    'Users       3, 1 of them blocked',
    `Administrators\n  bob, last seen `,
    bob.id,
  ])
    expect(said).toContain(text);
  expect(said).not.toContain(ada.id);
});

test.each([
  ['by id', bob.id],
  ['by ARN', bob.arn],
])('grant makes somebody who has signed in an administrator, %s, and leaves a record', async (_, whom) => {
  await lost();
  const { code, said } = await run(['grant', whom]);
  expect([code, said]).toEqual([0, expect.stringContaining('bob is an administrator now.')]);
  expect(await store.user(bob.id)).toMatchObject({ role: 'administrator' });
  expect((await records()).at(-1)).toMatchObject({
    kind: 'user-change',
    outcome: 'succeeded',
    address: 'npm run instance',
    user: { name: 'ada', arn: 'arn:aws:iam::111122223333:user/ada' },
    subject: bob.arn,
    change: 'role of bob: reader → administrator',
  });
});

test('grant unblocks, and the one it was given to is a true administrator', async () => {
  await lost();
  await run(['grant', cleo.id]);
  const granted = await store.user(cleo.id);
  expect(granted).toMatchObject({ role: 'administrator' });
  expect(granted).not.toHaveProperty('blockedAt');
  await expect(store.changeUser(cleo.id, { kind: 'block' })).rejects.toMatchObject({ code: 'LAST_ADMINISTRATOR' });
});

test('grant refuses whoever has never signed in, and asks which of several of one ARN is meant', async () => {
  await lost();
  for (const whom of ['aws:111122223333:AIDANOBODY', 'arn:aws:iam::111122223333:user/nobody'])
    expect(await run(['grant', whom])).toMatchObject({
      code: 1,
      complained: expect.stringContaining('Let them sign in once'),
    });
  const again = user('bob', 'AIDAMADEAGAIN');
  await store.seen(again, { role: 'reader' });
  const { code, complained } = await run(['grant', bob.arn]);
  expect(code).toBe(1);
  for (const { id } of [bob, again]) expect(complained).toContain(id);
  expect(await store.user(again.id)).toMatchObject({ role: 'reader' });
});

describe('release', () => {
  test('forgets settings, rules and users, keeps the record, and lets somebody claim anew', async () => {
    await lost();
    await store.changeAccess({ rules: [], narrowings: [] }, 0);
    const before = (await records()).length;
    const { code, said } = await run(['release'], { answer: ' Harbour ' });
    expect([code, said]).toEqual([0, expect.stringContaining('Harbour is released: 3 users are forgotten')]);
    expect(new Set((await items()).map(({ pk }) => String(pk).split('#')[0]))).toEqual(new Set(['AUDIT']));
    expect((await records()).slice(before)).toMatchObject([{ kind: 'release', change: 'instance Harbour released' }]);
    await store.claim({ ...claimedInstance, name: 'Quay' }, bob);
    expect(await store.user(bob.id)).toMatchObject({ role: 'administrator' });
    expect(await store.user(ada.id)).toBeUndefined();
    expect(await store.access()).toMatchObject({ revision: 0 });
  });

  test.each([
    ['another name', { answer: 'Quay' }, 'That is not its name. Nothing was changed.'],
    ['nobody to answer', {}, 'Nobody is here to confirm it: say --yes.'],
  ])('changes nothing with %s', async (_, options, complaint) => {
    await lost();
    const before = await items();
    expect(await run(['release'], options)).toMatchObject({ code: 1, complained: complaint });
    expect(await items()).toEqual(before);
  });

  test('that was cut off is finished by another one', async () => {
    await store.seen(bob, { role: 'administrator' });
    const { code, said } = await run(['release', '--yes']);
    expect([code, said]).toEqual([0, 'The instance is not claimed. 1 users were left, and are forgotten.']);
    expect(await store.user(bob.id)).toBeUndefined();
  });

  test('forgets more users than one call deletes', async () => {
    await store.claim(claimedInstance, ada);
    await Promise.all(Array.from({ length: 60 }, (_, at) => store.seen(user(`n${at}`), { role: 'reader' })));
    expect((await run(['release', '--yes'])).said).toContain('61 users are forgotten');
  });
});

describe('what goes wrong is said, with what to do', () => {
  const nobody = { accessKeyId: 'AKIANOBODYKNOWS00000', secretAccessKey: 'wrong' };
  const [asAda, asBen, asCleo] = (['ada', 'ben', 'cleo'] as const).map((name) => registry.longTerm(name));
  test.each<{ what: string; command: string[]; says: string; keys?: Credentials | undefined; at?: string[] }>([
    { what: 'no table', command: ['show', '--table', 'other'], says: 'There is no table other in', keys: asAda },
    { what: 'one missing action', command: ['grant', bob.id], says: 'do not allow dynamodb:PutItem', keys: asBen },
    { what: 'the first of several', command: ['release', '--yes'], says: 'do not allow dynamodb:', keys: asCleo },
    { what: 'no credentials', command: ['show'], says: 'There are no AWS credentials' },
    { what: 'no region', command: ['show'], says: 'Say in which region the table is', keys: asAda, at: [] },
    {
      what: 'no such profile',
      command: ['show', '--profile', 'nobody'],
      says: 'There are no AWS credentials of the profile nobody',
    },
    { what: 'keys nobody knows', command: ['show'], says: 'AWS does not accept these credentials.', keys: nobody },
  ])('$what', async ({ command, says, keys, at }) => {
    await lost();
    as(keys);
    const { code, complained } = await run(command, at ? { at } : {});
    as(asAda);
    expect([code, complained]).toEqual([1, expect.stringContaining(says)]);
  });

  test('an address where nobody is', async () => {
    const complained: string[] = [];
    const argv = ['show', '--endpoint', 'http://127.0.0.1:1', '--region', 'eu-central-1'];
    const code = await runInstance(argv, { print: () => undefined, complain: (line) => void complained.push(line) });
    expect([code, complained]).toEqual([1, ['Nothing answers at http://127.0.0.1:1.']]);
  });

  test.each([
    [[], 'Say what to do.'],
    [['free'], 'There is no command free.'],
    [['grant'], 'Say whom'],
    [['show', 'bob'], 'show takes no name.'],
    [['show', '--force'], "Unknown option '--force'"],
    [['show'], 'Say which table: --table'],
  ])('%p is not understood, and the usage is shown', async (argv, complaint) => {
    const complained: string[] = [];
    const code = await runInstance(argv, { print: () => undefined, complain: (line) => void complained.push(line) });
    expect([code, complained.join()]).toEqual([2, expect.stringContaining(complaint)]);
    expect(complained.join()).toContain('Usage: npm run instance');
  });
});

test('the program itself takes a profile and its region, and ends with the code', async () => {
  await lost();
  as(undefined);
  const start = (...argv: string[]) =>
    new Promise<{ code: number | null; said: string; complained: string }>((resolve) => {
      const options = { cwd: ROOT, env: process.env };
      execFile(process.execPath, ['bin/instance.ts', ...argv], options, (error, said, complained) =>
        resolve({ code: error ? Number(error.code) : 0, said, complained }),
      );
    });
  const shown = await start('show', '--profile', 'work', '--endpoint', endpoint.url);
  expect(shown).toEqual({ code: 0, said: expect.stringContaining('Instance    Harbour'), complained: '' });
  const asked = await start('release', '--profile', 'work', '--endpoint', endpoint.url);
  expect(asked).toEqual({ code: 1, said: '', complained: 'Nobody is here to confirm it: say --yes.\n' });
  expect(await start('free')).toMatchObject({
    code: 2,
    complained: expect.stringContaining('There is no command free.'),
  });
});
