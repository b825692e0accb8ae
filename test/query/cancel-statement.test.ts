import { sealConnection } from '#core/session/connection-token.ts';
import { cancelStatement } from '../../lambdas/query/cancel-statement.ts';
import { fakeDatabases, shopClaims } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { standing } from '../support/ports.ts';

const session = sessionOf('reader');

async function cancel(running: string, handle: string) {
  const { databases, seen } = fakeDatabases({ cancel: async (asked) => asked === running });
  const connection = await sealConnection(session, shopClaims);
  const answer = await cancelStatement({ databases })(
    { params: undefined, query: undefined, body: { connection, handle } },
    { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: new AbortController().signal },
  );
  return { answer, seen };
}

describe('cancelling a statement', () => {
  it('stops the one that the handle names', async () => {
    expect((await cancel('42.1', '42.1')).answer).toEqual({ cancelled: true });
  });

  it('says so when it had ended already', async () => {
    expect((await cancel('42.1', '43.1')).answer).toEqual({ cancelled: false });
  });

  it('uses a connection of its own and closes it', async () => {
    expect((await cancel('42.1', '42.1')).seen).toMatchObject({ opened: 1, closed: 1 });
  });
});
