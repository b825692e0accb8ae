import { LoginMethod } from '#contract/engines.ts';
import { IAM_USER_TAG } from '#contract/resources.ts';
import { firstOffer, LOGIN_HINTS, offeredUser } from '../../../../frontend/src/features/connect/login-offers.ts';
import { resource } from '../workbench/demo.ts';

describe('the form', () => {
  it('begins with IAM where the resource takes it', () => {
    expect(firstOffer(resource('shop'))).toBe('iam');
  });

  it('begins with the managed secret where IAM cannot work, and with the password where there is none', () => {
    const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-1';
    expect(firstOffer(resource('shop', { iamLogin: false, secretArn }))).toBe('secret');
    expect(firstOffer(resource('shop', { iamLogin: false }))).toBe('password');
  });

  it('has words for every method', () => {
    for (const method of LoginMethod.options) expect(LOGIN_HINTS[method]).toMatch(/\.$/);
  });
});

describe('offeredUser', () => {
  const tagged = resource('shop', { user: 'postgres', tags: { [IAM_USER_TAG]: 'app_iam' } });

  it('is whom the tag names for IAM, and the master user for a password', () => {
    expect(offeredUser('iam', tagged)).toBe('app_iam');
    expect(offeredUser('password', tagged)).toBe('postgres');
  });

  it('is the master user where there is no tag, and nobody where AWS names none', () => {
    expect(offeredUser('iam', { ...tagged, tags: {} })).toBe('postgres');
    const { user: _, ...nobody } = tagged;
    expect(offeredUser('password', nobody)).toBe('');
  });
});
