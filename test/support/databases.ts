/** Databases that answer as a test wants, and remember what they were asked. */
import type { Databases } from '#core/databases/databases.ts';
import type { Connection } from '#core/engines/engine.ts';
import type { UserSession } from '#core/http/handler.ts';
import type { ConnectionClaims, ServerClaims, ServiceClaims } from '#core/session/connection-token.ts';

const refuse = async (): Promise<never> => {
  throw new Error('this test did not expect to be asked');
};

interface Asked {
  readonly claims: ConnectionClaims;
  readonly session: UserSession;
}

/** `opened` and `closed` count connections; `asked` holds what each was opened with. */
export function fakeDatabases(answers: Partial<Connection>) {
  const seen = { opened: 0, closed: 0, asked: [] as Asked[] };
  const databases: Databases = {
    connect: async (claims, session) => {
      seen.opened += 1;
      seen.asked.push({ claims, session });
      return {
        about:
          'target' in claims
            ? { version: '18.1', user: claims.login.user, database: claims.target.database }
            : { version: '2012-08-10', user: session.user.name, database: claims.region },
        run: () => {
          throw new Error('this test did not expect to be asked');
        },
        children: refuse,
        names: refuse,
        describe: refuse,
        cancel: refuse,
        [Symbol.asyncDispose]: async () => {
          seen.closed += 1;
        },
        ...answers,
      };
    },
  };
  return { databases, seen };
}

/** What a connection token of the test account's shop says. */
export const shopClaims: ServerClaims = {
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  engine: 'postgres',
  target: { host: 'shop.test', port: 5432, database: 'shop' },
  region: 'eu-central-1',
  login: { method: 'iam', user: 'app_iam' },
};

/** What one says of the test account's tables: nothing but where they are. */
export const tableClaims: ServiceClaims = {
  resourceId: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
  engine: 'dynamodb',
  region: 'eu-central-1',
  login: { method: 'keys' },
};
