import { consoleUrl } from '#core/aws/discovery/console-urls.ts';

test.each([
  [
    'aws',
    'eu-west-1',
    'https://eu-west-1.console.aws.amazon.com/rds/home?region=eu-west-1#database:id=a;is-cluster=true',
  ],
  [
    'aws-cn',
    'cn-north-1',
    'https://cn-north-1.console.amazonaws.cn/rds/home?region=cn-north-1#database:id=a;is-cluster=true',
  ],
  [
    'aws-us-gov',
    'us-gov-west-1',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/rds/home?region=us-gov-west-1#database:id=a;is-cluster=true',
  ],
])('the console of %s has a host of its own', (partition, region, url) => {
  expect(consoleUrl('cluster', region, 'a', { partition })).toBe(url);
});

test('a partition whose console is not known has no page', () => {
  expect(consoleUrl('cluster', 'us-iso-east-1', 'a', { partition: 'aws-iso' })).toBeUndefined();
});

test('a name is encoded', () => {
  expect(consoleUrl('dsql', 'us-east-1', 'a/b', { partition: 'aws' })).toContain('/dsql/clusters/a%2Fb/home');
});
