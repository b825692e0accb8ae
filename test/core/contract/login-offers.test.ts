import { ENGINES } from '#contract/engines.ts';
import { loginOffers } from '#contract/login-offers.ts';
import { resource } from '../../support/resources.ts';

describe('loginOffers', () => {
  it('offers what the engine knows, the safest first', () => {
    expect(loginOffers(resource()).map(({ method }) => method)).toEqual(ENGINES.postgres.logins);
    expect(loginOffers(resource()).every(({ refusal }) => refusal === undefined)).toBe(true);
  });

  it('says why IAM cannot work, and keeps what can', () => {
    const offers = loginOffers(resource({ iamLogin: false }));
    expect(offers[0]).toEqual({ method: 'iam', refusal: expect.stringContaining('switched off') });
    expect(offers.slice(1).every(({ refusal }) => refusal === undefined)).toBe(true);
  });

  it('offers nothing where there is no engine', () => {
    const { engine: _none, ...unknown } = resource();
    expect(loginOffers(unknown)).toEqual([]);
  });
});
