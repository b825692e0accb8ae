import type { StatementPlan } from '#contract/plans.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { planScript } from '../../lambdas/query/plan-script.ts';
import { fakeDatabases, shopClaims, tableClaims } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { standing } from '../support/ports.ts';

const session = sessionOf('reader');
const plan: StatementPlan = { statement: 0, from: 0, to: 8, way: 'scan', message: 'Scans the whole of orders.' };

async function ask(claims: Parameters<typeof sealConnection>[1], statement: string) {
  const asked: string[] = [];
  const { databases, seen } = fakeDatabases({
    ...('target' in claims
      ? {}
      : {
          plan: async (script: string) => {
            asked.push(script);
            return [plan];
          },
        }),
  });
  const connection = await sealConnection(session, claims);
  const answer = await planScript({ databases })(
    { params: undefined, query: undefined, body: { connection, statement } },
    { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: new AbortController().signal },
  );
  return { answer, asked, seen };
}

describe('asking what a script will read', () => {
  it('answers with what the engine says of each statement, and closes the connection', async () => {
    const { answer, asked, seen } = await ask(tableClaims, 'SCAN { }');
    expect(answer).toEqual({ plans: [plan] });
    expect(asked).toEqual(['SCAN { }']);
    expect(seen).toMatchObject({ opened: 1, closed: 1 });
  });

  it('answers with nothing where an engine does not tell', async () => {
    expect((await ask(shopClaims, 'select 1')).answer).toEqual({ plans: [] });
  });
});
