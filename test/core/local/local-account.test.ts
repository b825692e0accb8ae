import { readFile, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { type DBInstance, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Signer } from '@aws-sdk/rds-signer';
import pg from 'pg';
import { Keys } from '#contract/people.ts';
import { callConnector } from '#core/aws/call-connector.ts';
import { remote } from '#core/connectors/remote.ts';
import { mysql } from '#core/engines/mysql/mysql.ts';
import { readEnvironment } from '#core/env.ts';
import { CONNECTOR } from '#core/local/account/principals.ts';
import { type LocalAccount, startLocalAccount } from '#core/local/local-account.ts';
import { networksOf } from '#core/networks/networks.ts';
import { reachOf } from '#core/networks/reach.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let account: LocalAccount;
const start = (fresh = false) => startLocalAccount({ folder: folder.path, fresh, print: () => {}, eventsRows: 100 });
beforeAll(async () => {
  folder = await temporaryFolder();
  account = await start();
}, 90_000);
afterAll(async () => {
  await account[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const userCalled = (name: string) => {
  const found = account.demoUsers.find(({ title }) => title.startsWith(name));
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};
const config = (credentials: Credentials, region = 'eu-central-1') => ({
  endpoint: account.endpoint,
  region,
  // The SDK notes in an object of credentials where they came from.
  credentials: { ...credentials },
  maxAttempts: 1,
});
const instances = async (region?: string, credentials: Credentials = userCalled('Ada')): Promise<DBInstance[]> =>
  (await new RDSClient(config(credentials, region)).send(new DescribeDBInstancesCommand({}))).DBInstances ?? [];
const service = (): Credentials => ({
  accessKeyId: account.environment.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: account.environment.AWS_SECRET_ACCESS_KEY ?? '',
});

test('the demo users have keys that the sign-in form takes, and AWS knows each of them', async () => {
  const arns: (string | undefined)[] = [];
  for (const user of account.demoUsers) {
    expect(Keys.safeParse(user).success).toBe(true);
    arns.push((await new STSClient(config(user)).send(new GetCallerIdentityCommand({}))).Arn);
  }
  expect(arns).toEqual([
    'arn:aws:iam::111122223333:user/ada',
    'arn:aws:iam::111122223333:user/ben',
    'arn:aws:iam::111122223333:user/cleo',
    expect.stringContaining(':assumed-role/'),
    'arn:aws:iam::111122223333:user/data/platform/finn',
    'arn:aws:iam::444455556666:user/erin',
    'arn:aws:iam::111122223333:root',
  ]);
});

test('the environment is one that a function starts with', async () => {
  const environment = readEnvironment(account.environment);
  expect(environment).toMatchObject({
    LODGE_TABLE: 'lodge',
    LODGE_ACCOUNT_ID: '111122223333',
    LODGE_ALLOW_ROOT: false,
  });
  expect(account.environment.AWS_ENDPOINT_URL).toBe(account.endpoint);
  expect(await readFile(environment.LODGE_DATABASE_CA ?? '', 'utf8')).toContain('BEGIN CERTIFICATE');
});

test('the service can wrap a key and use the table, and is nobody else', async () => {
  const kms = new KMSClient(config(service()));
  const EncryptionContext = { 'lodge:session': 's' };
  const KeyId = account.environment.LODGE_SESSION_KEY_ID;
  const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
  expect(opened.Plaintext).toEqual(made.Plaintext);
  const Item = { pk: { S: 'TEST' }, sk: { S: 'TEST' } };
  await new DynamoDBClient(config(service())).send(new PutItemCommand({ TableName: 'lodge', Item }));
  await expect(instances('eu-central-1', service())).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('what is listed runs: every instance of both regions is opened by IAM', async () => {
  for (const [region, database] of [
    ['eu-central-1', 'shop'],
    ['us-east-1', 'analytics'],
  ] as const) {
    const found = (await instances(region)).find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === database);
    const { Address: host = '', Port: port = 0 } = found?.Endpoint ?? {};
    expect(found).toMatchObject({ DBName: database, IAMDatabaseAuthenticationEnabled: true });
    const credentials = userCalled('Dana');
    const token = new Signer({ hostname: host, port, username: 'app_iam', region, credentials }).getAuthToken();
    const ca = await readFile(account.environment.LODGE_DATABASE_CA ?? '', 'utf8');
    const client = new pg.Client({ host, port, database, user: 'app_iam', password: await token, ssl: { ca } });
    await client.connect();
    expect((await client.query('select current_database() as name')).rows).toEqual([{ name: database }]);
    await client.end();
  }
});

test('the private database opens through the connector, and the one that no network reaches says what would', async () => {
  const environment = readEnvironment(account.environment);
  const found = await instances();
  const called = (name: string) => {
    const { DBInstanceArn, Endpoint, DBSubnetGroup, PubliclyAccessible } =
      found.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === name) ?? {};
    const vpcId = DBSubnetGroup?.VpcId ?? '';
    const resource = {
      id: DBInstanceArn ?? '',
      name,
      service: 'rds',
      region: 'eu-central-1',
      awsEngine: 'postgres',
    } as const;
    const known = { status: 'available', endpoints: [], iamLogin: true, tags: {} };
    const publiclyAccessible = PubliclyAccessible ?? true;
    const reach = reachOf({ ...resource, ...known, vpcId, publiclyAccessible }, networksOf(environment));
    return { endpoint: Endpoint, reach };
  };
  expect(called('shop').reach).toEqual({ way: 'direct' });
  expect(called('ledger').reach).toMatchObject({ way: 'none', settings: expect.stringContaining('"networks"') });
  const { reach, endpoint } = called('payroll');
  expect(reach).toEqual({ way: 'connector', network: 'private' });

  const { Address: host = '', Port: port = 0 } = endpoint ?? {};
  const credentials = userCalled('Dana');
  const signer = new Signer({ hostname: host, port, username: 'app_iam', region: 'eu-central-1', credentials });
  const client = new LambdaClient(config(service()));
  const connector = remote({ network: 'private', call: callConnector('private', CONNECTOR, client) });
  const ca = await readFile(environment.LODGE_DATABASE_CA ?? '', 'utf8');
  const opened = await Array.fromAsync(
    connector.perform(
      {
        engine: 'postgres',
        target: { host, port, database: 'payroll', ca },
        login: { user: 'app_iam', password: await signer.getAuthToken() },
        readOnly: true,
        work: { do: 'open' },
      },
      new AbortController().signal,
    ),
  );
  expect(opened).toMatchObject([{ type: 'opened', about: { user: 'app_iam', database: 'payroll' } }]);
});

test('where MariaDB is on this machine it is listed, with its own version, and opened by IAM', async () => {
  const found = (await instances()).find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === 'bookings');
  const lacks = account.lacking.some(({ command }) => command.includes('mariadb'));
  expect(found === undefined).toBe(lacks);
  expect(process.env.CI && lacks).toBeFalsy();
  if (!found) return;
  expect(found).toMatchObject({ Engine: 'mariadb', EngineVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  const { Address: host = '', Port: port = 0 } = found.Endpoint ?? {};
  const region = 'eu-central-1';
  const signer = new Signer({ hostname: host, port, username: 'app_iam', region, credentials: userCalled('Dana') });
  const ca = await readFile(account.environment.LODGE_DATABASE_CA ?? '', 'utf8');
  const login = { user: 'app_iam', password: await signer.getAuthToken() };
  const signal = new AbortController().signal;
  const target = { host, port, database: 'bookings', ca };
  await using connection = await mysql.connect(target, login, { readOnly: true, signal });
  expect(connection.about).toMatchObject({ user: 'app_iam', database: 'bookings' });
});

test('one instance cannot be reached, and its place says so', async () => {
  const ledger = (await instances()).find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === 'ledger');
  expect(ledger).toMatchObject({ PubliclyAccessible: false, IAMDatabaseAuthenticationEnabled: false });
  const { Address: host = '', Port: port = 0 } = ledger?.Endpoint ?? {};
  const code = await new Promise((resolve) => {
    createConnection({ host, port, autoSelectFamily: false }, () => resolve('It answered.')).once('error', (error) =>
      resolve((error as NodeJS.ErrnoException).code),
    );
  });
  expect(code).toBe('ECONNREFUSED');
});

test('the tables of the account are seen by its users, and not by others', async () => {
  const tables = async (name: string) =>
    (await new DynamoDBClient(config(userCalled(name))).send(new ListTablesCommand({}))).TableNames;
  expect(await tables('Ada')).toEqual(['lodge', 'shop-orders']);
  expect(await tables('Ben')).toEqual(['lodge', 'shop-orders']);
  expect(await tables('Erin')).toEqual([]);
});

test('it says what runs, where, and how to log in', () => {
  const said = account.running.join('\n');
  for (const part of [account.endpoint, 'shop in eu-central-1', 'analytics in us-east-1', 'app_iam', 'reporting / ']) {
    expect(said).toContain(part);
  }
});

test('keys survive a restart, and with --fresh everything is new but what is not ours', async () => {
  const [before, issued] = [userCalled('Ada'), userCalled('Dana')];
  await account[Symbol.asyncDispose]();
  account = await start();
  expect(userCalled('Ada')).toEqual(before);
  const answer = await new STSClient(config(issued)).send(new GetCallerIdentityCommand({}));
  expect(answer.Account).toBe('111122223333');

  await writeFile(join(folder.path, 'own-notes.txt'), 'mine');
  await account[Symbol.asyncDispose]();
  account = await start(true);
  expect(userCalled('Ada').secretAccessKey).not.toBe(before.secretAccessKey);
  await expect(new STSClient(config(issued)).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
  expect((await stat(join(folder.path, 'own-notes.txt'))).isFile()).toBe(true);
}, 120_000);

test('ending it leaves nothing that listens', async () => {
  const ports = [account.endpoint.split(':').at(-1), ...(await instances()).map(({ Endpoint }) => Endpoint?.Port)];
  await account[Symbol.asyncDispose]();
  for (const port of ports) {
    const code = await new Promise((resolve) => {
      createConnection({ host: '127.0.0.1', port: Number(port) }, () => resolve('It answered.')).once(
        'error',
        (error) => resolve((error as NodeJS.ErrnoException).code),
      );
    });
    expect(code).toBe('ECONNREFUSED');
  }
});
