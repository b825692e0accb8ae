import { databasesOf } from '#core/databases/of-environment.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import { tableClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';

const { signal } = new AbortController();

test('tables are opened with nothing but the session, and without a call', async () => {
  const session = sessionOf('reader');
  const about = await databasesOf(readEnvironment({})).about({ claims: tableClaims, session, signal });
  expect(about).toEqual({ version: '2012-08-10', user: session.user.name, database: tableClaims.region });
});

test('a reader may scan a million items or a gigabyte, unless the environment says otherwise', () => {
  expect(readEnvironment({})).toMatchObject({ [ENV.scanItems]: 1_000_000, [ENV.scanMegabytes]: 1_000 });
  const told = { [ENV.scanItems]: '5', [ENV.scanMegabytes]: '0' };
  expect(readEnvironment(told)).toMatchObject({ [ENV.scanItems]: 5, [ENV.scanMegabytes]: 0 });
  expect(() => readEnvironment({ [ENV.scanItems]: 'all' })).toThrow();
});
