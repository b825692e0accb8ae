import { matchesPattern, roleNeeds, trustPolicy } from '../../../../frontend/src/features/automations/trust-policy.ts';

describe('what a role of automations must say', () => {
  it('is a trust policy for the function of runs alone, with the external id of this instance', () =>
    expect(
      JSON.parse(trustPolicy({ runnerRoleArn: 'arn:aws:iam::111122223333:role/runs', externalId: 'lodge-1' })),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/runs' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'lodge-1' } },
        },
      ],
    }));

  it('names what its login asks for', () => {
    expect(roleNeeds('secret').join(' ')).toContain('To log in by Secret: secretsmanager:GetSecretValue');
    expect(roleNeeds('').join(' ')).toContain('such as rds-db:connect');
  });
});

describe('a pattern of roles', () => {
  const arn = 'arn:aws:iam::111122223333:role/nightly-orders';
  it.each([
    [arn, true],
    ['arn:aws:iam::111122223333:role/nightly-*', true],
    ['arn:aws:iam::111122223333:role/nightly-order?', true],
    ['arn:aws:iam::111122223333:role/nightly', false],
    ['arn.aws:iam::111122223333:role/nightly-*', false],
  ])('%s allows it: %s', (pattern, allowed) => expect(matchesPattern(pattern, arn)).toBe(allowed));
});
