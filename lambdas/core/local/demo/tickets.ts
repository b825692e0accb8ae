/**
 * An Aurora cluster of PostgreSQL. Its two endpoints are two doors to one server, told apart by their hosts; RDS has one
 * resource id for the whole cluster in policies, whichever endpoint is used.
 */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { rdsTokens } from '../gateway/rds-token.ts';
import { AT_HOME, type DemoPart, type Ground, listening } from './demo.ts';
import { openDoor } from './door.ts';

const IDENTIFIER = 'tickets';
const PLACE = {
  accountId: AT_HOME.accountId,
  region: 'eu-west-1',
  resourceId: 'cluster-LODGEDEMOTICKETS000000',
};

const endpoint = async (host: string, name: string, ground: Ground) => {
  const verifiers = [rdsTokens({ ...PLACE, host }, ground.registry)];
  return openDoor({ name, verifiers, databases: [IDENTIFIER] }, ground);
};

export const tickets: DemoPart = {
  keeps: [],
  async start(ground) {
    await using starting = new AsyncDisposableStack();
    const [writerHost, readerHost] = ['localhost', '127.0.0.1'];
    const writer = starting.use(await endpoint(writerHost, 'tickets', ground));
    const reader = starting.use(await endpoint(readerHost, 'tickets-ro', ground));
    const cluster = {
      ...PLACE,
      identifier: IDENTIFIER,
      engine: 'aurora-postgresql',
      engineVersion: '17.6',
      writer: { host: writerHost, port: writer.port },
      reader: { host: readerHost, port: reader.port },
      database: IDENTIFIER,
      masterUser: 'postgres',
      iamLogin: true,
      vpcId: AT_HOME.vpcId,
      members: [
        { identifier: 'tickets-1', writes: true },
        { identifier: 'tickets-2', writes: false },
      ],
      tags: { environment: 'demo', team: 'support', [IAM_USER_TAG]: 'app_iam' },
    };
    const started = starting.move();
    return {
      holds: { clusters: [cluster] },
      lines: [
        listening('Aurora', 'tickets in eu-west-1, the writer', writer.port),
        listening('Aurora', 'tickets in eu-west-1, the reader', reader.port).replace('localhost', readerHost),
      ],
      lacking: [],
      [Symbol.asyncDispose]: () => started.disposeAsync(),
    };
  },
};
