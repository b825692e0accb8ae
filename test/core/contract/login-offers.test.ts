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
    expect(offers[0]).toEqual({ method: 'iam', title: 'IAM', refusal: expect.stringContaining('switched off') });
    expect(offers.slice(1).every(({ refusal }) => refusal === undefined)).toBe(true);
  });

  it.each([
    ['rds', 'postgres', true, ['iam', 'secret', 'password']],
    ['rds', 'postgres', false, ['secret', 'password']],
    ['aurora', 'mysql', true, ['iam', 'secret', 'password']],
    ['rds-proxy', 'mysql', false, ['secret', 'password']],
    ['rds', 'sqlserver', false, ['secret', 'password']],
    ['rds', 'oracle', false, ['secret', 'password']],
    ['redshift', 'redshift', false, ['identity', 'temporary', 'secret', 'password']],
    ['redshift-serverless', 'redshift', false, ['identity', 'secret', 'password']],
    ['documentdb', 'documentdb', true, ['identity', 'secret', 'password']],
    ['documentdb', 'documentdb', false, ['secret', 'password']],
    ['documentdb-elastic', 'documentdb', true, ['secret', 'password']],
    ['dsql', 'dsql', true, ['iam']],
    ['dynamodb', 'dynamodb', false, ['keys']],
  ] as const)('%s with %s, IAM logins %s: %j', (service, engine, iamLogin, methods) => {
    const offers = loginOffers(resource({ service, engine, iamLogin }));
    expect(offers.filter(({ refusal }) => !refusal).map(({ method }) => method)).toEqual(methods);
  });

  it('names a managed secret where there is one, and takes a secret by its ARN where there is none', () => {
    const titles = (secretArn?: string) =>
      loginOffers(resource(secretArn ? { secretArn } : {})).map(({ title }) => title);
    expect(titles('arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-AbCdEf')).toEqual([
      'IAM',
      'Managed secret',
      'Password',
    ]);
    expect(titles()).toEqual(['IAM', 'Secret', 'Password']);
  });

  it('offers nothing where there is no engine', () => {
    const { engine: _none, ...unknown } = resource();
    expect(loginOffers(unknown)).toEqual([]);
  });
});
