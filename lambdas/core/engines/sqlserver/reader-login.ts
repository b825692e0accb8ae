/**
 * SQL Server knows no read-only session, and no transaction that only reads: so a reader's login must be one that may change
 * nothing. The server itself says what it may, before anything is run. See docs/decisions/0011-readers-of-sqlserver-and-oracle.md.
 */
import { AppError } from '#contract/errors.ts';
import { quoteName, quoteText, type Session } from './session.ts';

/** Permissions that only read, beside all that begin with VIEW ("Permissions (Database Engine)"). */
const READING = [
  'CONNECT',
  'CONNECT SQL',
  'CONNECT ANY DATABASE',
  'SELECT',
  'SELECT ALL USER SECURABLES',
  'REFERENCES',
];
const MORE_READING = ['SHOWPLAN', 'UNMASK'];
const writes = (column: string): string =>
  `${column} NOT LIKE N'VIEW %' AND ${column} NOT IN (${[...READING, ...MORE_READING].map(quoteText).join(', ')})`;

/** What the login may do at the server, as whom else, and through which other servers. */
const SERVER = `
SELECT N'the server', permission_name COLLATE DATABASE_DEFAULT
FROM sys.fn_my_permissions(NULL, N'SERVER') WHERE ${writes('permission_name')}
UNION ALL
SELECT N'another login', p.permission_name COLLATE DATABASE_DEFAULT
FROM sys.server_permissions AS p JOIN sys.server_principals AS g ON g.principal_id = p.grantee_principal_id
WHERE p.class = 101 AND p.state IN ('G', 'W') AND ${writes('p.permission_name')}
  AND (g.name = SUSER_SNAME() OR g.type = 'R' AND IS_SRVROLEMEMBER(g.name) = 1)
UNION ALL
SELECT N'the linked server ' + name COLLATE DATABASE_DEFAULT, N'DML' FROM sys.servers WHERE is_linked = 1`;

/** tempdb, the second, keeps nothing; what only reads, needs no question. */
const DATABASES = `
SELECT name, CASE WHEN database_id <= 4 OR name = N'rdsadmin' THEN N'system' END
FROM sys.databases WHERE HAS_DBACCESS(name) = 1 AND database_id <> 2 AND is_read_only = 0`;

/** Those who own a thing may change it: the user, or a role that the user is in. */
const MINE = `(SELECT principal_id FROM sys.database_principals
  WHERE name = USER_NAME() OR type = 'R' AND name <> N'public' AND IS_ROLEMEMBER(name) = 1)`;

/** What the login may do in one database. Everybody may run what the system's own databases bring along. */
const inDatabase = (system: boolean): string => `
SELECT DB_NAME(), permission_name COLLATE DATABASE_DEFAULT
FROM sys.fn_my_permissions(NULL, N'DATABASE') WHERE ${writes('permission_name')}
UNION ALL
SELECT DB_NAME() + N': role ' + name, N'its members'' permissions' FROM sys.database_principals
WHERE is_fixed_role = 1 AND IS_ROLEMEMBER(name) = 1
  AND name NOT IN (N'db_datareader', N'db_denydatawriter', N'db_denydatareader')
UNION ALL
SELECT DB_NAME() + N': ' + COALESCE(OBJECT_SCHEMA_NAME(p.major_id) + N'.' + OBJECT_NAME(p.major_id), p.class_desc
  COLLATE DATABASE_DEFAULT), p.permission_name COLLATE DATABASE_DEFAULT
FROM sys.database_permissions AS p JOIN sys.database_principals AS g ON g.principal_id = p.grantee_principal_id
WHERE p.class NOT IN (0, 6, 10) AND p.major_id >= 0 AND p.state IN ('G', 'W') AND ${writes('p.permission_name')}
  AND (g.principal_id IN ${MINE}${system ? '' : " OR g.name = N'public'"})
UNION ALL
SELECT DB_NAME() + N': schema ' + name, N'ownership' FROM sys.schemas WHERE schema_id < 16384 AND principal_id IN ${MINE}
UNION ALL
SELECT DB_NAME() + N': ' + name, N'ownership' FROM sys.objects WHERE principal_id IN ${MINE}`;

/** Runs in the database that is named. */
const within = (database: string, text: string): string =>
  `EXEC ${quoteName(database)}.sys.sp_executesql ${quoteText(text)};`;

/** Errors: READ_ONLY where the login may change anything, and says what. */
export async function checkReader(session: Session): Promise<void> {
  const server = await session.query(SERVER);
  const databases = server.length > 0 ? [] : await session.query(DATABASES);
  const batches = databases.map(([name, system]) => within(name ?? '', inDatabase(system !== null)));
  const found = batches.length === 0 ? server : await session.query(batches.join('\n'));
  const [where, permission] = found[0] ?? [];
  if (where === undefined) return;
  const more = found.length > 1 ? `, and ${found.length - 1} more` : '';
  throw new AppError('READ_ONLY', {
    message: `Readers may not use the login “${session.about.user}”, for it may change things: ${permission} (${where})${more}. Nothing was run.`,
    details: {
      hint: 'SQL Server has no read-only connections. Make a login for readers whose users are in the role db_datareader and have no other permission.',
    },
  });
}
