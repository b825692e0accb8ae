import { allows, type Statement } from '#core/local/account/policy.ts';

const describeOnly: Statement = { actions: ['rds:Describe*'], resources: ['arn:aws:rds:eu-central-1:1:db:*'] };

test('a statement allows what it names', () => {
  expect(allows([describeOnly], 'rds:DescribeDBInstances', 'arn:aws:rds:eu-central-1:1:db:shop')).toBe(true);
});

test('no statement allows nothing', () => {
  expect(allows([], 'rds:DescribeDBInstances', '*')).toBe(false);
});

test('another action or another resource is not allowed', () => {
  expect(allows([describeOnly], 'rds:DeleteDBInstance', 'arn:aws:rds:eu-central-1:1:db:shop')).toBe(false);
  expect(allows([describeOnly], 'rds:DescribeDBInstances', 'arn:aws:rds:us-east-1:1:db:shop')).toBe(false);
});

test('action and resource must be named by the same statement', () => {
  const one: Statement = { actions: ['kms:Decrypt'], resources: ['a'] };
  const other: Statement = { actions: ['kms:Encrypt'], resources: ['b'] };
  expect(allows([one, other], 'kms:Decrypt', 'b')).toBe(false);
});

test('actions are compared in any case, resources are not', () => {
  const statement: Statement = { actions: ['rds-db:Connect'], resources: ['user/app'] };
  expect(allows([statement], 'RDS-DB:connect', 'user/app')).toBe(true);
  expect(allows([statement], 'rds-db:connect', 'user/APP')).toBe(false);
});

test('only the star is a wildcard', () => {
  const statement: Statement = { actions: ['a.b:(c)'], resources: ['*'] };
  expect(allows([statement], 'a.b:(c)', 'x')).toBe(true);
  expect(allows([statement], 'axb:(c)', 'x')).toBe(false);
});

test('a star also stands for nothing and for line ends', () => {
  const statement: Statement = { actions: ['*'], resources: ['table/lodge*'] };
  expect(allows([statement], 'x:y', 'table/lodge')).toBe(true);
  expect(allows([statement], 'x:y', 'table/lodge/index\n1')).toBe(true);
});

test('a condition holds by what the call says of itself, and one that is not known never does', () => {
  const when = (operator: string, value: string | string[]): Statement => ({
    actions: ['*'],
    resources: ['*'],
    conditions: { [operator]: { 'aws:RequestedRegion': value } },
  });
  const here = { 'aws:RequestedRegion': 'eu-west-1' };
  expect(allows([when('StringEquals', ['eu-west-1', 'us-east-1'])], 'a:b', 'x', here)).toBe(true);
  expect(allows([when('StringLike', 'eu-*')], 'a:b', 'x', here)).toBe(true);
  expect(allows([when('StringEquals', 'eu-*')], 'a:b', 'x', here)).toBe(false);
  expect(allows([when('StringEquals', 'eu-west-1')], 'a:b', 'x')).toBe(false);
  expect(allows([when('DateLessThan', 'eu-west-1')], 'a:b', 'x', here)).toBe(false);
});
