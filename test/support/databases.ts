/** Databases that answer as a test wants, and remember what they were asked. */
import { ENGINES, type EngineName } from '#contract/engines.ts';
import { inProcess } from '#core/connectors/in-process.ts';
import { type At, type Databases, databases as databasesOf } from '#core/databases/databases.ts';
import type { About, Connection, Engine } from '#core/engines/engine.ts';
import type { Discovery } from '#core/ports/discovery.ts';
import type { DatabaseLogins, Roles } from '#core/ports/logins.ts';
import type { Store } from '#core/ports/store.ts';
import type { ServerClaims, ServiceClaims } from '#core/session/connection-token.ts';
import { claimedInstance } from './ports.ts';

const refuse = async (): Promise<never> => {
  throw new Error('this test did not expect to be asked');
};

/** A connection that answers as told, and refuses everything else. */
export const fakeConnection = (about: About, answers: Partial<Connection> = {}): Connection => ({
  about,
  run: () => {
    throw new Error('this test did not expect to be asked');
  },
  children: refuse,
  names: refuse,
  describe: refuse,
  cancel: refuse,
  [Symbol.asyncDispose]: async () => undefined,
  ...answers,
});

/** The session's own keys: no role is taken on. */
export const ownKeys: Roles = { credentials: async (session) => session.credentials };

/** Nobody has written any rules. */
export const noRules: Pick<Store, 'access' | 'instance'> = {
  instance: async () => claimedInstance,
  access: async () => ({ rules: [], narrowings: [], revision: 0 }),
};

/** Nothing bears any tags. */
export const noTags: Pick<Discovery, 'tags' | 'tableTags'> = {
  tags: async () => ({}),
  tableTags: async () => ({ tags: new Map(), unread: [] }),
};

/** A password that says for whom it was made. */
export const plainLogins: DatabaseLogins = {
  make: async ({ login }) => ({ user: login.user, password: login.password ?? 'made a moment ago' }),
};

/** `opened` and `closed` count connections; `asked` holds what each was opened with. */
export function fakeDatabases(answers: Partial<Connection>) {
  const seen = { opened: 0, closed: 0, asked: [] as At[] };
  const open = async (about: About): Promise<Connection> => {
    seen.opened += 1;
    const close = async () => {
      seen.closed += 1;
    };
    return fakeConnection(about, { ...answers, [Symbol.asyncDispose]: close });
  };
  const engine: Engine = {
    connect: ({ database }, { user }) => open({ version: '18.1', user, database }),
  };
  const engines = Object.fromEntries(Object.keys(ENGINES).map((name) => [name, engine]));
  const here = inProcess({ engines: engines as Record<EngineName, Engine>, authorities: () => 'PEM' });
  const working = databasesOf({
    connector: () => here,
    services: {
      dynamodb: { connect: ({ user, region }) => open({ version: '2012-08-10', user, database: region }) },
    },
    logins: plainLogins,
    roles: ownKeys,
  });
  return { databases: recorded(working, seen.asked), seen };
}

/** The same, and each call's connection is noted first. */
function recorded(databases: Databases, asked: At[]): Databases {
  const entries = Object.entries(databases).map(([name, act]: [string, (at: At, ...rest: never[]) => unknown]) => [
    name,
    (at: At, ...rest: never[]) => {
      asked.push(at);
      return act(at, ...rest);
    },
  ]);
  return Object.fromEntries(entries) as Databases;
}

/** Databases that every call fails at, with the same error. */
export function failingDatabases(error: unknown): Databases {
  const fail = () => Promise.reject(error);
  const { databases } = fakeDatabases({});
  return {
    ...databases,
    about: fail,
    run: fail,
    children: fail,
    names: fail,
    describe: fail,
    cancel: fail,
    plan: fail,
  };
}

/** What a connection token of the test account's shop says. */
export const shopClaims: ServerClaims = {
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  service: 'rds',
  engine: 'postgres',
  target: { host: 'shop.test', port: 5432, database: 'shop' },
  region: 'eu-central-1',
  allowed: { revision: 0, role: 'reader' },
  login: { method: 'iam', user: 'app_iam' },
};

/** What one says of the test account's tables: nothing but where they are. */
export const tableClaims: ServiceClaims = {
  resourceId: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
  service: 'dynamodb',
  engine: 'dynamodb',
  region: 'eu-central-1',
  allowed: { revision: 0, role: 'reader' },
  login: { method: 'keys' },
};
