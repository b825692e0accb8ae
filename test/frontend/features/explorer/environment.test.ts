import { environmentOf } from '../../../../frontend/src/features/explorer/environment.ts';

describe('environmentOf', () => {
  it.each([
    [{ environment: 'production' }, 'production'],
    [{ Env: 'PROD' }, 'production'],
    [{ Stage: 'staging' }, 'staging'],
    [{ env: 'uat' }, 'staging'],
    [{ ENVIRONMENT: 'dev' }, 'development'],
    [{ env: 'blue' }, 'other'],
  ])('reads %j as %s', (tags, colour) => {
    expect(environmentOf(tags)?.colour).toBe(colour);
  });

  it('keeps the word that the team uses', () => {
    expect(environmentOf({ env: ' Prod ' })).toEqual({ name: 'Prod', colour: 'production' });
  });

  it('prefers the plain word to the short one', () => {
    expect(environmentOf({ stage: 'dev', environment: 'prod' })?.name).toBe('prod');
  });

  it('finds none where no tag names one', () => {
    expect(environmentOf({})).toBeUndefined();
    expect(environmentOf({ team: 'production', env: ' ' })).toBeUndefined();
  });
});
