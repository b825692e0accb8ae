/** A catalogue of goods with what people think of them, in a cluster of DocumentDB, where this machine can stand in for it. */

import { PRINCIPALS } from '../account/principals.ts';
import { derivePassword } from '../account/seed.ts';
import { sizesOf, startCatalog } from '../documentdb/catalog-data.ts';
import { DOCUMENTDB_COMMAND, findProgram } from '../documentdb/programs.ts';
import { startDocumentGateway } from '../documentdb/start-gateway.ts';
import { AT_HOME, type Demo, type DemoPart, listening } from './demo.ts';
import { managedSecret } from './managed-secret.ts';
import { VPCS } from './networks.ts';

const USER = 'curator';
const OWNER = 'catalog_owner';
const REGION = 'eu-central-1';
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
    const [password, managed] = [USER, OWNER].map((user) => derivePassword(seed, `documentdb:${user}`));
    const secret = managedSecret({
      name: 'rds!cluster-0d9eca7a-0000-4000-8000-000000000004',
      region: REGION,
      user: OWNER,
      password: managed ?? '',
    });
    const gateway = starting.use(
      await startDocumentGateway({
        server,
        registry,
        certificates,
        passwords: { [USER]: password ?? '', [OWNER]: managed ?? '' },
        identities: IDENTITIES,
        port: portOf('catalog'),
      }),
    );
    const started = starting.move();
    const both = {
      ...AT_HOME,
      // It has no public addresses.
      vpcId: VPCS.private.vpcId,
      region: REGION,
      engine: 'docdb',
      engineVersion: '5.0.0',
      masterUser: OWNER,
      tags: { environment: 'demo', team: 'catalogue' },
    };
    const cluster = {
      ...both,
      identifier: 'catalog',
      resourceId: 'cluster-LODGEDEMOCATALOG0000000',
      writer: { host: AT_HOME.host, port: gateway.port },
      iamLogin: true,
      secretArn: secret.arn,
      members: [{ identifier: 'catalog-1', writes: true }],
    };
    // The cluster knows of logins by an identity; of its instances AWS says nothing of the kind.
    const instance = {
      ...both,
      identifier: 'catalog-1',
      resourceId: 'db-LODGEDEMOCATALOG00000000000',
      clusterId: cluster.identifier,
      port: gateway.port,
      database: '',
      iamLogin: false,
      publiclyAccessible: false,
      size: 'db.t4g.medium',
    };
    return {
      holds: { clusters: [cluster], instances: [instance], secrets: [secret] },
      lines: [
        listening('DocumentDB', `catalog in ${REGION}, private, through the connector (${program.kind})`, gateway.port),
        '  database users by AWS identity: Ada, Dana',
        `  database user with a password: ${USER} / ${password}`,
        `  database user with a managed secret: ${OWNER}`,
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
