import { ENGINES, LoginMethod } from '#contract/engines.ts';
import { IAM_USER_TAG } from '#contract/resources.ts';
import {
  firstOffer,
  LOGIN_HINTS,
  LOGIN_TITLES,
  loginOffers,
  offeredUser,
} from '../../../../frontend/src/features/connect/login-offers.ts';
import { resource } from '../workbench/demo.ts';

describe('loginOffers', () => {
  it('offers IAM first where the resource takes it', () => {
    expect(loginOffers(resource('shop')).map(({ method }) => method)).toEqual(ENGINES.postgres.logins);
    expect(firstOffer(resource('shop'))).toBe('iam');
  });

  it('says why IAM cannot work, and begins with the password', () => {
    const shop = resource('shop', { iamLogin: false });
    expect(loginOffers(shop)[0]).toEqual({ method: 'iam', refusal: expect.stringContaining('switched off') });
    expect(loginOffers(shop)[1]).toEqual({ method: 'password', refusal: undefined });
    expect(firstOffer(shop)).toBe('password');
  });

  it('offers nothing where there is no engine', () => {
    const { engine: _, ...unknown } = resource('graph');
    expect(loginOffers(unknown)).toEqual([]);
  });

  it('has words for every method', () => {
    for (const method of LoginMethod.options)
      expect([LOGIN_TITLES[method], LOGIN_HINTS[method]]).not.toContain(undefined);
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
