import { databasesOf } from '#core/databases/of-environment.ts';
import { readEnvironment } from '#core/env.ts';
import { tableClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';

const { signal } = new AbortController();

test('tables are opened with nothing but the session, and without a call', async () => {
  const session = sessionOf('reader');
  const about = await databasesOf(readEnvironment({})).about({ claims: tableClaims, session, signal });
  expect(about).toEqual({ version: '2012-08-10', user: session.user.name, database: tableClaims.region });
});
