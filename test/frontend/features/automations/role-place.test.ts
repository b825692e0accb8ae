import { emptyForm } from '../../../../frontend/src/features/automations/automation-form.ts';
import { rolePlace, tablesIn, tablesOf } from '../../../../frontend/src/features/automations/role-place.ts';
import { resource } from '../../../support/resources.ts';

const shop = resource({ loginResourceId: 'db-1' });
const form = { ...emptyForm('UTC'), resourceId: shop.id, method: 'iam', user: 'app', database: ' shop ' } as const;

test('the policy is for what the form says of where and as whom', () =>
  expect(rolePlace(form, [shop], ['orders'])).toEqual({
    resource: shop,
    login: { method: 'iam', user: 'app' },
    database: 'shop',
    readOnly: true,
    tables: ['orders'],
  }));

test('there is none for a resource that was not found', () => expect(rolePlace(form, [], [])).toBeUndefined());

test("a cluster's member is logged in to by the id of its cluster", () => {
  const { loginResourceId: _, ...bare } = resource({ clusterId: 'web' });
  const cluster = resource({ id: 'arn:web', name: 'web', service: 'aurora', loginResourceId: 'cluster-1' });
  const elsewhere = { ...cluster, region: 'us-east-1', loginResourceId: 'cluster-2' };
  expect(rolePlace(form, [bare, elsewhere, cluster], [])?.resource.loginResourceId).toBe('cluster-1');
  expect(rolePlace(form, [bare, elsewhere], [])?.resource).toEqual(bare);
});

test('the tables of a text are those whose whole names stand there', () => {
  const tables = ['orders', 'shop-orders', 'shop.orders', 'shop'];
  expect(tablesIn(`select * from "shop-orders" where pk = 'x'`, tables)).toEqual(['shop-orders']);
  expect(tablesIn('SCAN { "table": "shop" }', tables)).toEqual(['shop']);
  expect(tablesIn('', tables)).toEqual([]);
});

test('tables are typed with whatever between them', () =>
  expect(tablesOf(' orders, shop-orders;\nshop ')).toEqual(['orders', 'shop-orders', 'shop']));
