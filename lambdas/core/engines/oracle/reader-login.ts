/**
 * A read-only transaction of Oracle's ends at any COMMIT, and so at any DDL: so a reader's user must be one that may change
 * nothing. The database itself says what it may, before anything is run. See
 * docs/decisions/0011-readers-of-sqlserver-and-oracle.md.
 */
import { AppError } from '#contract/errors.ts';
import type { Session } from './session.ts';

/** Privileges that only read, or change nothing but the session ("GRANT", system and object privileges). */
const SYSTEM = [
  'CREATE SESSION',
  'ALTER SESSION',
  'SET CONTAINER',
  'RESTRICTED SESSION',
  'SELECT ANY TABLE',
  'READ ANY TABLE',
];
const MORE_SYSTEM = ['SELECT ANY DICTIONARY', 'FLASHBACK ANY TABLE', 'UNLIMITED TABLESPACE'];
const OBJECT = ['SELECT', 'READ', 'REFERENCES', 'FLASHBACK', 'QUERY REWRITE', 'INHERIT PRIVILEGES'];
const listed = (words: readonly string[]): string => `(${words.map((word) => `'${word}'`).join(', ')})`;

/** Those of the user, of the roles that are in force, and what everybody may do with what Oracle has not brought along. */
const GRANTED = `(grantee = USER OR grantee IN (SELECT role FROM session_roles) OR grantee = 'PUBLIC'
  AND table_schema NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y'))`;

const CHANGES = `
SELECT privilege FROM session_privs WHERE privilege NOT IN ${listed([...SYSTEM, ...MORE_SYSTEM])}
UNION ALL
SELECT 'the role ' || granted_role || ', which a script may set' FROM user_role_privs
WHERE granted_role NOT IN (SELECT role FROM session_roles)
UNION ALL
SELECT privilege || ' on ' || table_schema || '.' || table_name FROM all_tab_privs
WHERE privilege NOT IN ${listed(OBJECT)} AND ${GRANTED}
UNION ALL
SELECT privilege || ' on ' || table_schema || '.' || table_name || '.' || column_name FROM all_col_privs
WHERE privilege NOT IN ${listed(OBJECT)} AND ${GRANTED}
UNION ALL
SELECT 'owner of the ' || LOWER(object_type) || ' ' || object_name FROM user_objects WHERE object_type <> 'SYNONYM'
UNION ALL
SELECT 'the database link ' || db_link FROM all_db_links`;

/** Errors: READ_ONLY where the user may change anything, and says what. */
export async function checkReader(session: Session): Promise<void> {
  const found = await session.query(CHANGES);
  if (found.length === 0) return;
  const more = found.length > 1 ? `, and ${found.length - 1} more` : '';
  throw new AppError('READ_ONLY', {
    message: `Readers may not use the user “${session.about.user}”, for it may change things: ${found[0]?.[0]}${more}. Nothing was run.`,
    details: {
      hint: 'Oracle keeps no script in a read-only transaction. Make a user for readers that owns nothing, with CREATE SESSION and READ on what it may see, and no more.',
    },
  });
}
