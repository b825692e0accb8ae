import { policyStatement, principalOf, trustStatement } from '../../../frontend/src/app/policy.ts';

describe('a statement to copy', () => {
  it('allows the one action', () => {
    expect(JSON.parse(policyStatement(['rds:DescribeDBInstances']))).toEqual({
      Effect: 'Allow',
      Action: 'rds:DescribeDBInstances',
      Resource: '*',
    });
  });

  it('allows several actions on one resource', () => {
    expect(JSON.parse(policyStatement(['a:B', 'a:C'], 'arn:x'))).toEqual({
      Effect: 'Allow',
      Action: ['a:B', 'a:C'],
      Resource: 'arn:x',
    });
  });

  it('lets somebody take on a role, with an external id where there is one', () => {
    const arn = 'arn:aws:iam::111122223333:user/ada';
    expect(JSON.parse(trustStatement(arn))).toEqual({
      Effect: 'Allow',
      Principal: { AWS: arn },
      Action: 'sts:AssumeRole',
    });
    expect(JSON.parse(trustStatement(arn, 'kontor')).Condition).toEqual({
      StringEquals: { 'sts:ExternalId': 'kontor' },
    });
  });
});

describe('whom a trust policy names', () => {
  it.each([
    ['arn:aws:iam::111122223333:user/ada', 'arn:aws:iam::111122223333:user/ada'],
    ['arn:aws:sts::111122223333:assumed-role/Engineer/dana', 'arn:aws:iam::111122223333:role/Engineer'],
    ['arn:aws-cn:sts::111122223333:assumed-role/Engineer/dana', 'arn:aws-cn:iam::111122223333:role/Engineer'],
  ])('for %s is %s', (arn, principal) => {
    expect(principalOf(arn)).toBe(principal);
  });
});
