import { allows } from '#core/local/account/policy.ts';
import {
  ACCOUNT_ID,
  FOREIGN_ACCOUNT_ID,
  HOME_REGION,
  PRINCIPALS,
  type PrincipalName,
  SESSION_KEY_ARN,
  TABLE,
} from '#core/local/account/principals.ts';

const may = (name: PrincipalName, action: string, resource = '*') => allows(PRINCIPALS[name].allows, action, resource);
const login = (user: string) => `arn:aws:rds-db:us-east-1:${ACCOUNT_ID}:dbuser:db-X/${user}`;

test('everybody has an id of their own, of the right account', () => {
  const all = Object.values(PRINCIPALS);
  expect(new Set(all.map(({ userId }) => userId)).size).toBe(all.length);
  for (const { arn, accountId } of all) expect(arn).toContain(`::${accountId}:`);
  expect(PRINCIPALS.erin.accountId).toBe(FOREIGN_ACCOUNT_ID);
});

test('the ids look like those of users, roles and accounts', () => {
  expect(PRINCIPALS.ada.userId).toMatch(/^AIDA[A-Z0-9]{17}$/);
  expect(PRINCIPALS.dana.userId).toMatch(/^AROA[A-Z0-9]{17}:dana@example\.com$/);
  expect(PRINCIPALS.root.userId).toBe(ACCOUNT_ID);
});

test('one user may log in to databases as one user only, another one not at all', () => {
  expect(may('ben', 'rds-db:connect', login('analyst_iam'))).toBe(true);
  expect(may('ben', 'rds-db:connect', login('app_iam'))).toBe(false);
  expect(may('cleo', 'rds-db:connect', login('analyst_iam'))).toBe(false);
  expect(may('dana', 'rds-db:connect', login('app_iam'))).toBe(true);
});

test('one user lacks rds:DescribeDBInstances and has what is beside it', () => {
  expect(may('cleo', 'rds:DescribeDBInstances')).toBe(false);
  expect(may('cleo', 'rds:DescribeDBClusters')).toBe(true);
  expect(may('cleo', 'dynamodb:ListTables')).toBe(true);
});

test('the service has its key and its table, and nothing of the people', () => {
  const table = (name: string) => `arn:aws:dynamodb:${HOME_REGION}:${ACCOUNT_ID}:table/${name}`;
  expect(may('service', 'kms:GenerateDataKey', SESSION_KEY_ARN)).toBe(true);
  expect(may('service', 'dynamodb:PutItem', table(TABLE))).toBe(true);
  expect(may('service', 'dynamodb:PutItem', table('shop-orders'))).toBe(false);
  expect(may('service', 'rds:DescribeDBInstances')).toBe(false);
  expect(may('service', 'iam:ListAccountAliases')).toBe(false);
});
