import { ENGINES, LoginMethod } from '#contract/engines.ts';
import {
  firstOffer,
  LOGIN_HINTS,
  LOGIN_TITLES,
  loginOffers,
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
