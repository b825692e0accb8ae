/** A chain of hotels, in MariaDB where this machine has it; its version is that of the server. */
import { IAM_USER_TAG } from '#contract/resources.ts';
import { SECRETS_KEY_ARN } from '../account/principals.ts';
import { rdsTokens } from '../gateway/rds-token.ts';
import { findMariaDb, MARIADB_COMMAND } from '../mariadb/programs.ts';
import { BOOKINGS_DATABASE, IAM_USERS, MANAGED_USER, startBookings } from '../mariadb/start-bookings.ts';
import { startMariaDbGateway } from '../mariadb/start-gateway.ts';
import { AT_HOME, type Demo, type DemoPart, listening, loginLines } from './demo.ts';
import { managedSecret } from './managed-secret.ts';

export const bookings: DemoPart = {
  keeps: ['mariadb', 'mariadb.made', 'mariadb.tmp'],
  async start({ folder, registry, certificates, portOf }) {
    const programs = await findMariaDb();
    if (!programs) return MISSING;
    await using starting = new AsyncDisposableStack();
    const server = starting.use(await startBookings(folder, programs));
    const region = 'eu-central-1';
    const secret = managedSecret({
      name: 'rds!db-0d9eb00c-0000-4000-8000-000000000003',
      region,
      user: MANAGED_USER,
      password: server.managed,
      kmsKeyArn: SECRETS_KEY_ARN,
    });
    const made = {
      ...AT_HOME,
      region,
      identifier: 'bookings',
      resourceId: 'db-LODGEDEMOBOOKINGS000000000',
      engine: 'mariadb',
      engineVersion: server.version,
      masterUser: MANAGED_USER,
      secretArn: secret.arn,
      database: BOOKINGS_DATABASE,
      iamLogin: true,
      publiclyAccessible: true,
      tags: { environment: 'demo', team: 'hotels', [IAM_USER_TAG]: 'app_iam' },
    };
    const gateway = starting.use(
      await startMariaDbGateway({
        server,
        certificates,
        verifiers: [rdsTokens(made, registry)],
        port: portOf('bookings'),
      }),
    );
    const started = starting.move();
    return {
      holds: { instances: [{ ...made, port: gateway.port }], secrets: [secret] },
      lines: [
        listening('MariaDB', 'bookings in eu-central-1', gateway.port),
        ...loginLines(IAM_USERS, server.passwords),
      ],
      lacking: [],
      [Symbol.asyncDispose]: () => started.disposeAsync(),
    };
  },
};

const MISSING: Demo = {
  holds: {},
  lines: [],
  lacking: [{ what: 'MariaDB, so there is no instance of MySQL to open', command: MARIADB_COMMAND }],
  async [Symbol.asyncDispose]() {},
};
