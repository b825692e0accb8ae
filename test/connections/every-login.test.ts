/** The whole way, as the browser goes it: what is found in the local account is opened by every login that it offers. */
import { LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import { loginOffers } from '#contract/login-offers.ts';
import { IAM_USER_TAG, type Resource } from '#contract/resources.ts';
import { readEnvironment } from '#core/env.ts';
import type { Serve } from '#core/http/message.ts';
import { type LocalAccount, startLocalAccount } from '#core/local/local-account.ts';
import { serveAll } from '../../lambdas/all.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { cookieHeader, jsonOf, recordsOf, request } from '../support/requests.ts';

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const assume = { roleArn: 'arn:aws:iam::444455556666:role/LodgeDatabases', externalId: 'lodge-demo' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let account: LocalAccount;
let api: Serve;
let headers: { cookie: string };
const before = { ...process.env };
beforeAll(async () => {
  folder = await temporaryFolder();
  account = await startLocalAccount({ folder: folder.path, fresh: false, print: () => {}, eventsRows: 100 });
  Object.assign(process.env, account.environment);
  const silent = { info: () => {}, error: () => {} };
  api = serveAll(readEnvironment(account.environment), { log: silent });
  const { title: _, ...keys } = account.demoUsers[0] ?? { title: '', accessKeyId: '', secretAccessKey: '' };
  headers = { cookie: cookieHeader(await api(request('POST', '/api/session', { json: keys }))) };
  await api(request('POST', '/api/instance', { headers, json: { name: 'Demo', regions: REGIONS } }));
}, 120_000);
afterAll(async () => {
  process.env = before;
  await account[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const post = (path: string, json: object) => api(request('POST', path, { headers, json }));
const found = async (more: object = {}): Promise<Resource[]> =>
  (await recordsOf(await post('/api/resources', more))).flatMap(({ resources = [] }) => resources);

/** Whom a login is for, where it asks: a DSQL cluster has a user to begin with. */
const userFor = (method: LoginMethod, { tags }: Resource): string | undefined =>
  method === 'iam' ? tags?.[IAM_USER_TAG] : 'analyst';

/** `service name method → user at database`, or the error's code. */
const openings = async (resources: readonly Resource[], more: object = {}): Promise<string[]> => {
  const lines: string[] = [];
  for (const resource of resources) {
    // A region of DynamoDB has no endpoint.
    for (const { method, refusal, title } of loginOffers(resource)) {
      // Passwords stand in the banner alone.
      const needsMore = method === 'password' || (LOGIN_METHODS[method].asksSecret && !resource.secretArn);
      if (refusal || needsMore || resource.reach?.way === 'none') continue;
      for (const { host, use } of resource.endpoints) {
        const user = userFor(method, resource);
        const login = { method, ...(LOGIN_METHODS[method].asksUser && user && { user }) };
        // A proxy does not say which databases are behind it.
        const database = resource.service === 'rds-proxy' ? { database: 'shop' } : {};
        const connecting = { resourceId: resource.id, login, endpoint: host, ...database, ...more };
        const answer = await post('/api/connections', connecting);
        const { code, user: as, database: at } = await jsonOf(answer);
        lines.push(`${resource.service} ${resource.name} (${use}) by ${title}: ${code ?? `${as} at ${at}`}`);
      }
    }
  }
  return lines.toSorted();
};

test('every database of the account opens by every login that it offers', async () => {
  expect(await openings(await found())).toEqual(
    expect.arrayContaining([
      'aurora tickets (reader) by IAM: app_iam at tickets',
      'aurora tickets (writer) by IAM: app_iam at tickets',
      'dsql accounts (writer) by IAM: admin at postgres',
      'rds analytics (instance) by IAM: app_iam at analytics',
      'rds shop (instance) by IAM: app_iam at shop',
      'rds shop (instance) by Managed secret: shop_owner at shop',
      'rds-proxy shop-proxy (proxy) by IAM: app_iam at shop',
      'redshift warehouse (writer) by IAM, as a user: analyst at warehouse',
      'redshift warehouse (writer) by IAM: IAM:ada at warehouse',
      'redshift warehouse (writer) by Managed secret: warehouse_owner at warehouse',
      'redshift-serverless adhoc (writer) by IAM: IAM:ada at adhoc',
    ]),
  );
}, 60_000);

test('so does one of another account, with its role, and is not seen without', async () => {
  const theirs = await found({ assume });
  expect(theirs.filter(({ service }) => service !== 'dynamodb').map(({ name }) => name)).toEqual(['partner']);
  expect(await openings(theirs, { assume })).toEqual(['rds partner (instance) by IAM: analyst_iam at partner']);
  expect((await found()).map(({ name }) => name)).not.toContain('partner');
});
