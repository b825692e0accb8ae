/** An RDS instance of PostgreSQL: a gateway in front of the one server, with a database of its own. */
import type { RdsInstance } from '../aws/rds.ts';
import { rdsTokens } from '../gateway/rds-token.ts';
import { startGateway } from '../gateway/start-gateway.ts';
import { AT_HOME, type Ground } from './demo.ts';

type Given = Pick<RdsInstance, 'identifier' | 'region' | 'resourceId' | 'database' | 'tags'>;

export const startPostgresInstance = async (
  given: Given,
  { postgres, registry, certificates, portOf }: Ground,
): Promise<{ instance: RdsInstance } & AsyncDisposable> => {
  const made = {
    ...AT_HOME,
    ...given,
    engine: 'postgres',
    engineVersion: '18.4',
    masterUser: 'postgres',
    iamLogin: true,
    publiclyAccessible: true,
  };
  const gateway = await startGateway({
    server: await postgres,
    certificates,
    verifiers: [rdsTokens(made, registry)],
    databases: [given.database],
    port: portOf(given.identifier),
  });
  return {
    instance: { ...made, port: gateway.port },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
};
