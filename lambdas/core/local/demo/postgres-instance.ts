/** An RDS instance of PostgreSQL: a gateway in front of the one server, with a database of its own. */
import type { RdsInstance } from '../account/holdings.ts';
import { rdsTokens } from '../gateway/rds-token.ts';
import { AT_HOME, type Ground } from './demo.ts';
import { openDoor } from './door.ts';

type Given = Pick<RdsInstance, 'identifier' | 'region' | 'resourceId' | 'database' | 'tags'> & Partial<RdsInstance>;

export const startPostgresInstance = async (
  given: Given,
  ground: Ground,
): Promise<{ instance: RdsInstance } & AsyncDisposable> => {
  const made = {
    ...AT_HOME,
    engine: 'postgres',
    engineVersion: '18.4',
    masterUser: 'postgres',
    iamLogin: true,
    publiclyAccessible: true,
    ...given,
  };
  const { identifier: name, database } = given;
  const gateway = await openDoor(
    { name, verifiers: [rdsTokens(made, ground.registry)], databases: [database] },
    ground,
  );
  return {
    instance: { ...made, port: gateway.port },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
};
