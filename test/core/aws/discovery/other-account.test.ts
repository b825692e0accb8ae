/** What is found with a role of another account, at an endpoint as strict as AWS. */
import { discovery } from '#core/aws/discovery/discovery.ts';
import { createRoles } from '#core/aws/roles.ts';
import { scopeOf } from '#core/aws/scope.ts';
import { partner } from '#core/local/demo/partner.ts';
import { shop } from '#core/local/demo/shop.ts';
import { type LocalDatabases, localSession, startLocalDatabases } from '../../../support/local-databases.ts';

const { signal } = new AbortController();
const roles = createRoles(() => new Date());
const assume = { roleArn: 'arn:aws:iam::444455556666:role/LodgeDatabases', externalId: 'lodge-demo' };
const arnOf = (account: string, name: string) => `arn:aws:rds:eu-central-1:${account}:db:${name}`;
const [SHOP, PARTNER] = [arnOf('111122223333', 'shop'), arnOf('444455556666', 'partner')];

let local: LocalDatabases;
beforeAll(async () => {
  local = await startLocalDatabases([shop, partner]);
}, 60_000);
afterAll(() => local[Symbol.asyncDispose]());

const scope = (to: typeof assume | undefined, as: 'ada' | 'ben' = 'ada') =>
  scopeOf(localSession(local.registry, as), to, { roles, signal });
const listed = async (to: typeof assume | undefined) =>
  (await discovery.list('rds', 'eu-central-1', await scope(to))).resources.map(({ id }) => id);

test('a role lists the databases of its account, and no others', async () => {
  expect(await listed(undefined)).toEqual([SHOP]);
  expect(await listed(assume)).toEqual([PARTNER]);
});

test('with a role only its account is asked for a resource, and without one only the session’s', async () => {
  expect(await discovery.find(PARTNER, await scope(assume))).toMatchObject({ id: PARTNER, name: 'partner' });
  expect(await discovery.find(SHOP, await scope(undefined))).toMatchObject({ id: SHOP });
  await expect(discovery.find(SHOP, await scope(assume))).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  await expect(discovery.find(PARTNER, await scope(undefined))).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
});

test('who may not take on the role finds nothing with it, and is told why', async () => {
  await expect(scope(assume, 'ben')).rejects.toMatchObject({
    code: 'AWS_DENIED',
    details: { action: 'sts:AssumeRole', resource: assume.roleArn },
  });
});
