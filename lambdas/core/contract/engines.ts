/**
 * What Lodge knows of each engine, as data: the connect form, the tree, the editor's dialect and the menus are drawn from
 * it, so that no screen and no handler asks for an engine by name.
 */
import * as z from 'zod';

export const EngineName = z.enum([
  'postgres',
  'mysql',
  'redshift',
  'dsql',
  'dynamodb',
  'documentdb',
  'sqlserver',
  'oracle',
]);
export type EngineName = z.infer<typeof EngineName>;

/**
 * What each way to log in is, and what it asks for.
 * `iam`: a token for a database user that is named, signed with the session's keys (RDS, Aurora, DSQL).
 * `identity`: the AWS identity itself is the database user (Redshift's `GetClusterCredentialsWithIAM` and `GetCredentials`,
 * DocumentDB's MONGODB-AWS), so that nothing is asked.
 * `temporary`: a password of minutes for a database user that is named (Redshift's `GetClusterCredentials`).
 * `secret`: user and password from Secrets Manager, read with the session's keys: the managed one unless another is named.
 * `keys`: an AWS service that is called with the session's own keys, and nothing but the region says where.
 */
export const LOGIN_METHODS = {
  iam: { title: 'IAM', asksUser: true, asksPassword: false, asksSecret: false },
  identity: { title: 'IAM', asksUser: false, asksPassword: false, asksSecret: false },
  temporary: { title: 'IAM, as a user', asksUser: true, asksPassword: false, asksSecret: false },
  secret: { title: 'Secret', asksUser: false, asksPassword: false, asksSecret: true },
  password: { title: 'Password', asksUser: true, asksPassword: true, asksSecret: false },
  keys: { title: 'Your keys', asksUser: false, asksPassword: false, asksSecret: false },
} as const;
export const LoginMethod = z.enum(
  Object.keys(LOGIN_METHODS) as [keyof typeof LOGIN_METHODS, ...(keyof typeof LOGIN_METHODS)[]],
);
export type LoginMethod = z.infer<typeof LoginMethod>;

/** The kinds of nodes a tree may hold; the label is what a screen reader and a heading say. */
export const NODE_KINDS = {
  database: { title: 'Database', plural: 'Databases', opens: false },
  schema: { title: 'Schema', plural: 'Schemas', opens: false },
  table: { title: 'Table', plural: 'Tables', opens: true },
  view: { title: 'View', plural: 'Views', opens: true },
  'materialized-view': { title: 'Materialized view', plural: 'Materialized views', opens: true },
  'foreign-table': { title: 'Foreign table', plural: 'Foreign tables', opens: true },
  sequence: { title: 'Sequence', plural: 'Sequences', opens: false },
  function: { title: 'Function', plural: 'Functions', opens: false },
  type: { title: 'Type', plural: 'Types', opens: false },
  column: { title: 'Column', plural: 'Columns', opens: false },
  index: { title: 'Index', plural: 'Indexes', opens: true },
  collection: { title: 'Collection', plural: 'Collections', opens: true },
  field: { title: 'Field', plural: 'Fields', opens: false },
} as const;
export const NodeKind = z.enum(Object.keys(NODE_KINDS) as [keyof typeof NODE_KINDS, ...(keyof typeof NODE_KINDS)[]]);
export type NodeKind = z.infer<typeof NodeKind>;

export interface EngineInfo {
  readonly title: string;
  readonly family: 'sql' | 'document' | 'key-value';
  /** False until the engine's code is here: its resources are listed, and say that they cannot be opened yet. */
  readonly ready: boolean;
  /** True: never seen against a live server; the screen says so, and docs/engines.md lists what that leaves open. */
  readonly preview: boolean;
  readonly defaultPort: number | undefined;
  /**
   * Where TLS is spoken at a port of its own: by the port that AWS names, which is in the clear (RDS User Guide, "Oracle
   * Secure Sockets Layer": the option SSL, at 2484 unless another was chosen).
   */
  readonly tlsPorts?: Readonly<Record<number, number>>;
  /** The database that is there before anybody made one. */
  readonly defaultDatabase: string;
  /** The database user that is there before anybody made one, where logins are for it unless another is named. */
  readonly defaultUser?: string;
  /** A key of the editor's table of dialects. */
  readonly dialect: 'postgres' | 'mysql' | 'redshift' | 'partiql' | 'mongo' | 'tsql' | 'oracle';
  /** How a name is quoted in this dialect. */
  readonly quote: string;
  /** The safest first: what the connect form offers first. */
  readonly logins: readonly LoginMethod[];
  /** The form that writes a statement, where there is one: a key of the browser's table of forms. */
  readonly builder?: 'key-query';
  /** Options of a connection beside its login; the connect form is drawn from this. */
  readonly options: z.ZodObject;
  readonly can: {
    readonly cancel: boolean;
    readonly describe: boolean;
    readonly completion: boolean;
    /** Says before a statement runs what it will read: `POST /api/query/plan`. */
    readonly plan: boolean;
    /** Binds the parameters of a script. */
    readonly parameters: boolean;
  };
}

const DatabaseOption = z.object({
  database: z.string().trim().min(1).max(63).optional().meta({
    title: 'Database',
    description: 'Left empty: the one that the resource names, else the one that the engine begins with.',
  }),
});

export const ENGINES: Record<EngineName, EngineInfo> = {
  postgres: {
    title: 'PostgreSQL',
    family: 'sql',
    ready: true,
    preview: false,
    defaultPort: 5432,
    defaultDatabase: 'postgres',
    dialect: 'postgres',
    quote: '"',
    logins: ['iam', 'secret', 'password'],
    options: DatabaseOption,
    can: { cancel: true, describe: true, completion: true, plan: false, parameters: true },
  },
  mysql: {
    title: 'MySQL',
    family: 'sql',
    ready: true,
    preview: false,
    defaultPort: 3306,
    // The one that every user may open.
    defaultDatabase: 'information_schema',
    dialect: 'mysql',
    quote: '`',
    logins: ['iam', 'secret', 'password'],
    options: DatabaseOption,
    can: { cancel: true, describe: true, completion: true, plan: false, parameters: true },
  },
  redshift: {
    title: 'Redshift',
    family: 'sql',
    ready: true,
    preview: false,
    defaultPort: 5439,
    defaultDatabase: 'dev',
    dialect: 'redshift',
    quote: '"',
    logins: ['identity', 'temporary', 'secret', 'password'],
    options: DatabaseOption,
    can: { cancel: true, describe: true, completion: true, plan: false, parameters: true },
  },
  dsql: {
    title: 'Aurora DSQL',
    family: 'sql',
    ready: true,
    preview: false,
    defaultPort: 5432,
    // A cluster has this one database and no other.
    defaultDatabase: 'postgres',
    defaultUser: 'admin',
    dialect: 'postgres',
    quote: '"',
    logins: ['iam'],
    options: z.object({}),
    can: { cancel: true, describe: true, completion: true, plan: false, parameters: true },
  },
  dynamodb: {
    title: 'DynamoDB',
    family: 'key-value',
    ready: true,
    preview: false,
    defaultPort: undefined,
    defaultDatabase: '',
    dialect: 'partiql',
    quote: '"',
    logins: ['keys'],
    builder: 'key-query',
    options: z.object({}),
    can: { cancel: true, describe: true, completion: true, plan: true, parameters: true },
  },
  documentdb: {
    title: 'DocumentDB',
    family: 'document',
    ready: true,
    preview: false,
    defaultPort: 27017,
    defaultDatabase: 'test',
    dialect: 'mongo',
    quote: '"',
    logins: ['identity', 'secret', 'password'],
    options: DatabaseOption,
    can: { cancel: true, describe: true, completion: true, plan: false, parameters: true },
  },
  sqlserver: {
    title: 'SQL Server',
    family: 'sql',
    ready: true,
    preview: true,
    defaultPort: 1433,
    defaultDatabase: 'master',
    dialect: 'tsql',
    quote: '"',
    logins: ['secret', 'password'],
    options: DatabaseOption,
    can: { cancel: true, describe: true, completion: true, plan: false, parameters: true },
  },
  oracle: {
    title: 'Oracle',
    family: 'sql',
    ready: true,
    preview: true,
    defaultPort: 1521,
    tlsPorts: { 1521: 2484 },
    defaultDatabase: 'ORCL',
    dialect: 'oracle',
    quote: '"',
    logins: ['secret', 'password'],
    options: DatabaseOption,
    can: { cancel: true, describe: true, completion: true, plan: false, parameters: true },
  },
};
