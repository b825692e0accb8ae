/** A cluster of Aurora DSQL: PostgreSQL on the wire, with one database and tokens as the only way in. */
import { dsqlTokens } from '../gateway/dsql-token.ts';
import { AT_HOME, type DemoPart, listening } from './demo.ts';
import { openDoor } from './door.ts';

export const accounts: DemoPart = {
  keeps: [],
  async start(ground) {
    const { accountId, host } = AT_HOME;
    const place = { accountId, region: 'eu-west-1', id: 'lodgedemoaccounts000000001' };
    const verifiers = [dsqlTokens({ ...place, host }, ground.registry)];
    const gateway = await openDoor({ name: place.id, verifiers, databases: ['postgres'] }, ground);
    const cluster = {
      ...place,
      endpoint: { host, port: gateway.port },
      tags: { Name: 'accounts', environment: 'demo', team: 'finance' },
    };
    return {
      holds: { dsqlClusters: [cluster] },
      lines: [
        listening('Aurora DSQL', 'accounts in eu-west-1', gateway.port),
        '  database users with IAM: admin, bookkeeper',
      ],
      lacking: [],
      [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
    };
  },
};
