import { identifyUser } from '../../lambdas/sign-in/identify-user.ts';

test.each([
  ['arn:aws:iam::111122223333:user/ada', 'AIDA1', 'user', 'ada'],
  ['arn:aws:iam::111122223333:user/teams/data/ada', 'AIDA1', 'user', 'ada'],
  ['arn:aws:iam::111122223333:root', '111122223333', 'root', 'root'],
  ['arn:aws:sts::111122223333:assumed-role/Admin/ada-session', 'AROA1:ada-session', 'role', 'Admin/ada-session'],
  [
    'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_DataTeam_0123456789abcdef/ada@example.org',
    'AROA1:ada@example.org',
    'sso',
    'ada@example.org',
  ],
  ['arn:aws:sts::111122223333:federated-user/ada', '111122223333:ada', 'federated', 'ada'],
])('%s is a %s', (arn, userId, kind, name) => {
  expect(identifyUser({ arn, userId })).toEqual({
    user: { id: `aws:111122223333:${userId}`, arn, name, kind },
    partition: 'aws',
    accountId: '111122223333',
  });
});

test.each(['aws-cn', 'aws-us-gov', 'aws-eusc'])('the partition %s is part of the id', (partition) => {
  const { user } = identifyUser({ arn: `arn:${partition}:iam::111122223333:user/ada`, userId: 'AIDA1' });
  expect(user.id).toBe(`${partition}:111122223333:AIDA1`);
});

test('a user made again under the same name is another user', () => {
  const arn = 'arn:aws:iam::111122223333:user/ada';
  expect(identifyUser({ arn, userId: 'AIDA1' }).user.id).not.toBe(identifyUser({ arn, userId: 'AIDA2' }).user.id);
});

test('a user that calls itself root is not the root user', () => {
  expect(identifyUser({ arn: 'arn:aws:iam::111122223333:user/root', userId: 'AIDA1' }).user.kind).toBe('user');
});

test.each([
  '',
  'arn:aws:iam::111122223333:group/people',
  'arn:aws:iam::111122223333:user/',
  'arn:aws:iam::1111:user/ada',
  'arn:aws:s3:::bucket',
  'arn:aws:sts::111122223333:assumed-role/Admin',
])('%p is no caller that we know', (arn) => {
  expect(() => identifyUser({ arn, userId: 'X' })).toThrow('of a kind that Lodge does not know');
});
