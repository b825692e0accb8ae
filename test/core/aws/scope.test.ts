import { AppError } from '#contract/errors.ts';
import { scopeOf } from '#core/aws/scope.ts';
import { ownKeys } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';

const { signal } = new AbortController();
const session = sessionOf('reader');
const assume = { roleArn: 'arn:aws-us-gov:iam::444455556666:role/path/lodge', externalId: 'harbour' };

describe('the scope of a call', () => {
  it("is the session's own account, with its own keys", async () => {
    const { credentials } = session;
    const scope = await scopeOf(session, undefined, { roles: ownKeys, signal });
    expect(scope).toEqual({ partition: 'aws', accountId: '111122223333', credentials, signal });
  });

  it('is the account of the role that is taken on, with the keys of that role', async () => {
    const theirs = { accessKeyId: 'ASIAOFTHEROLE0000001', secretAccessKey: 'of the role', sessionToken: 'of a test' };
    const roles = { credentials: async () => theirs };
    const scope = await scopeOf(session, assume, { roles, signal });
    expect(scope).toEqual({ partition: 'aws-us-gov', accountId: '444455556666', credentials: theirs, signal });
  });

  it('is none where the role may not be taken on', async () => {
    const denied = new AppError('AWS_DENIED');
    const scope = scopeOf(session, assume, { roles: { credentials: () => Promise.reject(denied) }, signal });
    await expect(scope).rejects.toBe(denied);
  });
});
