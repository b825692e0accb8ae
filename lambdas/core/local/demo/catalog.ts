/** A catalogue of goods with what people think of them, in a cluster of DocumentDB, where this machine can stand in for it. */

import { PRINCIPALS } from '../account/principals.ts';
import { derivePassword } from '../account/seed.ts';
import { sizesOf, startCatalog } from '../documentdb/catalog-data.ts';
import { DOCUMENTDB_COMMAND, findProgram } from '../documentdb/programs.ts';
import { startDocumentGateway } from '../documentdb/start-gateway.ts';
import { AT_HOME, type Demo, type DemoPart, listening } from './demo.ts';

const USER = 'curator';
/** Users of `$external`: Ada, and the role of the access portal. */
const IDENTITIES = [
  PRINCIPALS.ada.arn,
  `arn:aws:iam::${AT_HOME.accountId}:role/AWSReservedSSO_DataEngineer_0123456789abcdef`,
];

export const catalog: DemoPart = {
  keeps: ['documentdb', 'documentdb.made'],
  async start({ folder, eventsRows, seed, registry, certificates, portOf }) {
    const program = findProgram();
    if (!program) return MISSING;
    await using starting = new AsyncDisposableStack();
    const server = starting.use(await startCatalog(folder, program, sizesOf(eventsRows)));
    const password = derivePassword(seed, 'documentdb:curator');
    const gateway = starting.use(
      await startDocumentGateway({
        server,
        registry,
        certificates,
        passwords: { [USER]: password },
        identities: IDENTITIES,
        port: portOf('catalog'),
      }),
    );
    const started = starting.move();
    const cluster = {
      ...AT_HOME,
      region: 'eu-central-1',
      identifier: 'catalog',
      resourceId: 'cluster-LODGEDEMOCATALOG0000000',
      engine: 'docdb',
      engineVersion: '5.0.0',
      writer: { host: AT_HOME.host, port: gateway.port },
      database: 'catalog',
      masterUser: USER,
      iamLogin: true,
      members: [],
      tags: { environment: 'demo', team: 'catalogue' },
    };
    return {
      holds: { clusters: [cluster] },
      lines: [
        listening('DocumentDB', `catalog in eu-central-1 (${program.kind})`, gateway.port),
        '  database users by AWS identity: Ada, Dana',
        `  database user with a password: ${USER} / ${password}`,
      ],
      lacking: [],
      [Symbol.asyncDispose]: () => started.disposeAsync(),
    };
  },
};

const MISSING: Demo = {
  holds: {},
  lines: [],
  lacking: [
    { what: 'FerretDB, so there is no cluster of DocumentDB to open (it takes Go)', command: DOCUMENTDB_COMMAND },
  ],
  async [Symbol.asyncDispose]() {},
};
