import { DSQLClient, GetClusterCommand, ListClustersCommand, paginateListClusters } from '@aws-sdk/client-dsql';
import type { DsqlCluster } from '#core/local/account/holdings.ts';
import { ACCOUNT_ID, PRINCIPALS } from '#core/local/account/principals.ts';
import { dsql } from '#core/local/aws/dsql.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry } from './sdk.ts';

const idOf = (index: number) => `orders${index}`.padEnd(26, 'x');
const cluster = (index: number): DsqlCluster => ({
  accountId: ACCOUNT_ID,
  region: 'eu-central-1',
  id: idOf(index),
  endpoint: { host: 'localhost', port: 5432 },
  tags: { team: 'orders & more' },
});
const clusters = Array.from({ length: 7 }, (_, index) => cluster(index));

const config = endpointWith(dsql(clusters));
const client = (credentials: Credentials = ada, region?: string) => new DSQLClient(config(credentials, region));
const get = (identifier: string, credentials?: Credentials) =>
  client(credentials).send(new GetClusterCommand({ identifier }));

test('lists clusters page by page', async () => {
  const pages: number[] = [];
  const found: (string | undefined)[] = [];
  for await (const page of paginateListClusters({ client: client(), pageSize: 3 }, {})) {
    pages.push(page.clusters?.length ?? 0);
    found.push(...(page.clusters ?? []).map(({ identifier }) => identifier));
  }
  expect(pages).toEqual([3, 3, 1]);
  expect(found).toEqual(clusters.map(({ id }) => id));
});

test('describes one', async () => {
  expect(await get(idOf(3))).toMatchObject({
    arn: `arn:aws:dsql:eu-central-1:${ACCOUNT_ID}:cluster/${idOf(3)}`,
    status: 'ACTIVE',
    creationTime: new Date('2026-01-05T08:30:00Z'),
    deletionProtectionEnabled: true,
    encryptionDetails: { encryptionStatus: 'ENABLED' },
    endpoint: 'localhost:5432',
    tags: { team: 'orders & more' },
  });
});

test('refuses an identifier of another form, and one that nobody has', async () => {
  expect(await refusal(get('short'))).toEqual(['ValidationException', 400, expect.any(String)]);
  expect(await refusal(get('a/../b'))).toEqual(['ValidationException', 400, expect.any(String)]);
  expect(await refusal(get(idOf(9)))).toEqual(['ResourceNotFoundException', 404, expect.any(String)]);
});

test.each([0, 101])('refuses a page of %d', async (maxResults) => {
  const refused = await refusal(client().send(new ListClustersCommand({ maxResults })));
  expect(refused).toEqual(['ValidationException', 400, expect.stringContaining('between 1 and 100')]);
});

test('shows nothing of another region, nor to another account', async () => {
  expect((await client(ada, 'us-east-1').send(new ListClustersCommand({}))).clusters).toEqual([]);
  expect((await client(registry.longTerm('erin')).send(new ListClustersCommand({}))).clusters).toEqual([]);
});

test('names the action and the resource that are missing', async () => {
  const cleo = registry.longTerm('cleo');
  expect(await refusal(get(idOf(1), cleo))).toEqual([
    'AccessDeniedException',
    403,
    `User: ${PRINCIPALS.cleo.arn} is not authorized to perform: dsql:GetCluster on resource: ` +
      `arn:aws:dsql:eu-central-1:${ACCOUNT_ID}:cluster/${idOf(1)} because no identity-based policy allows the dsql:GetCluster action`,
  ]);
});
